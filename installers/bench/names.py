"""First and last names as they are common in German towns, the commonest first, and parts for the rarer ones."""

FIRST = (
    "Anna Michael Thomas Maria Andreas Peter Sabine Stefan Christian Monika Petra Susanne Martin Julia Markus "
    "Claudia Frank Daniel Nicole Jürgen Ursula Wolfgang Alexander Katharina Klaus Mehmet Sandra Stephanie Karin "
    "Renate Jan Matthias Birgit Bernd Sebastian Helga Paul Laura Lena Mustafa Fatma Ayşe Tobias Ewa Agnieszka "
    "Małgorzata Piotr Krzysztof Katarzyna Tomasz Łukasz Marcin Barbara Heike Angelika Uwe Ralf Jörg Elke Sven Olga "
    "Elena Sergej Natalia Ahmet Emine Hatice Ali Hüseyin Murat Zeynep Elif Marie Sophie Emma Hannah Mia Leon Lukas "
    "Finn Jonas Felix Maximilian Elias Noah Ben Luisa Clara Johanna Charlotte Frieda Greta Ida Mathilda Oskar Anton "
    "Emil Theo Jakob Łucja Zofia Wojciech Stanisław Grzegorz Małgosia Jadwiga Bogdan Mirosław Paweł Aleksandra "
    "Magdalena Dorota Iwona Şükrü Gülay İbrahim Ömer Yusuf Hasan Çiğdem Özlem Sevgi Emre Burak Deniz Cem Aylin "
    "Giulia Francesco Marco Lucia Giuseppe Antonio Salvatore Concetta José Carmen Nuno Inês Dimitrios Eleni Giorgos "
    "Ivana Dragan Milan Jelena Marko Petar Nikola Žarko Đorđe Søren Bjørn Åse Kåre Jiří Ondřej Zdeněk Věra László "
    "Zoltán Ágnes István Ștefan Andrei Ioana Mihai Irina Dmitri Svetlana Tatjana Oksana Taras Yasmin Omar Layla "
    "Hassan Nguyen Thi Minh Linh René Zoë Chloé François Aimée Noëlle Björn Günther Käthe Lieselotte Friedrich "
    "Wilhelmine Ottilie Kunigunde Hildegard"
).split()

LAST = (
    "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein "
    "Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause Meier "
    "Lehmann Schmid Schulze Maier Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller "
    "Weiß Jung Hahn Schubert Vogel Friedrich Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke "
    "Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin Schumacher Krämer Vogt Stein Jäger Otto Sommer Groß "
    "Seidel Heinrich Brandt Haas Schreiber Graf Schulte Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch Bergmann "
    "Thomas Voigt Sauer Arnold Wolff Pfeiffer Yılmaz Kaya Demir Çelik Şahin Yıldız Öztürk Aydın Arslan Doğan Kılıç "
    "Aslan Çetin Kara Koç Kurt Özdemir Şimşek Nowak Kowalski Kowalska Wiśniewski Wójcik Kowalczyk Kamiński "
    "Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Jankowski Mazur Wojciechowski Kwiatkowski Krawczyk "
    "Grabowski Nowakowski Pawłowski Michalski Rossi Russo Esposito Bianchi Romano Ricci Marino Greco García "
    "Fernández López Martínez Sánchez Silva Santos Ferreira Pereira Costa Popović Jovanović Petrović Nikolić "
    "Marković Đorđević Horvat Kovačić Novák Svoboda Novotný Dvořák Černý Nagy Kovács Szabó Tóth Horváth Popescu "
    "Ionescu Popa Ivanov Petrov Kuznetsov Smirnova Popova Shevchenko Kovalenko Bondarenko Papadopoulos Nikolaidis "
    "Nguyen Tran Le Pham Hassan Ahmadi Haddad Khalil Jensen Nielsen Hansen Sørensen Ødegård Bakker Visser Dubois "
    "Lefèvre"
).split()

LAST_BEGINNINGS = (
    "Alt Neu Ober Nieder Unter Stein Wald Eichen Linden Birken Buchen Rosen Grün Schwarz Weiß Hoch Tal Berg Feld "
    "Wiesen Brunn Bach Mühl Kirch Hof Brück Dorn Löwen Wolfs Adler Falken Sonnen Winter Sommer Silber Gold Eisen "
    "Kupfer Sand"
).split()
LAST_ENDINGS = (
    "bauer hofer mann meier müller huber berger bacher felder hauser macher wirth schmidt thaler egger lechner "
    "stetter kamp busch rath eder leitner"
).split()
POLISH_BEGINNINGS = "Jan Paw Mich Adam Piotr Szym Kaz Stan Wal Bart Mat Krz Gaw Ruth Sob Win Zar Lip Brzoz Dęb".split()
POLISH_ENDINGS = "owski owska iński ińska ewicz czyk czak ak owiak kiewicz ecki ecka".split()
TURKISH_BEGINNINGS = "Öz Ak Kara Demir Yıldı Gök Er Gün Bay Kırk Uz Şen Taş Çağ Al Tek".split()
TURKISH_ENDINGS = "türk oğlu kan taş demir soy er han bulut kaya tekin can doğan gül tepe".split()

COMPANY_WORDS = (
    "Bäckerei Gasthof Praxis Kanzlei Hotel Café Autohaus Druckerei Gärtnerei Tischlerei Apotheke Fahrschule "
    "Buchhandlung Optik Zahnarztpraxis Steuerbüro Malerbetrieb Elektro Reisebüro Kindergarten Weingut Brauerei "
    "Pension Friseur"
).split()

NOTE_WORDS = (
    "mag Rosen Tulpen Nelken Lilien keine Allergie ruft an wegen Strauß Hochzeit Geburtstag Jubiläum Lieferung "
    "Freitag Samstag nachmittags Rechnung bezahlt bar Karte Schleife weiß rot gelb Vase Topf Balkon Grab Gesteck "
    "Kranz Beratung zufrieden Nachfrage nächste Woche wieder bestellt Termin verschoben Hinterhaus klingeln "
    "Nachbarn abgeben Hund dankt"
).split()
