"""The ways of handling that several records share: what for, on which basis, how long, and the fate."""

from desktop_crm.records.declare import Basis, Handling, Keep, OnErasure
from desktop_crm.words import M

CUSTOMER_RULE = Keep("customer", M("as long as you are our customer, then by our keeping times"))
LOG_RULE = Keep("log", M("12 months"))
PROOF_RULE = Keep("ledger", M("3 years from the end of the year, as proof that we answered and erased"))

CUSTOMER = Handling(
    M("Orders and offers: to know who you are and how to reach you"), Basis.CONTRACT, CUSTOMER_RULE, OnErasure.DELETE
)
SERVICE = Handling(
    M("Service: to remember what was agreed with you"),
    Basis.CONTRACT,
    Keep("service-note", M("3 years, or as long as the contact itself")),
    OnErasure.DELETE,
)
TASKS = Handling(
    SERVICE.purpose,
    Basis.CONTRACT,
    Keep("task", M("until it is done and a year after that, but never longer than the contact")),
    OnErasure.DELETE,
)
DRAFTS = Handling(
    M("Not losing what is being typed"),
    Basis.LEGITIMATE_INTEREST,
    Keep("draft", M("until it is saved or dropped, 30 days at most")),
    OnErasure.DELETE,
)
UNDO = Handling(
    M("Taking back a mistake"),
    Basis.LEGITIMATE_INTEREST,
    Keep("change", M("30 days")),
    OnErasure.DELETE,
)
TRADE = Handling(
    M("Orders and invoices"),
    Basis.CONTRACT,
    Keep("purchase", M("as long as the contact; an original invoice as long as the law demands")),
    OnErasure.DELETE,
)
SALES_FIGURES = Handling(
    M("Orders, invoices and our sales figures"),
    Basis.CONTRACT,
    TRADE.keep,
    OnErasure.ANONYMISE,
)
SEALED_INVOICE = Handling(
    M("Invoices that tax law demands"),
    Basis.LEGAL_OBLIGATION,
    Keep("kept-invoice", M("until the date the law sets; then it goes")),
    OnErasure.KEEP,
)
PERMISSION = Handling(
    M("Proof of your permission or your no"),
    Basis.LEGAL_OBLIGATION,
    Keep("consent", M("as long as the contact; after a withdrawal as long as proof is needed")),
    OnErasure.DELETE,
)
RIGHTS = Handling(
    M("Answering your privacy requests"),
    Basis.LEGAL_OBLIGATION,
    Keep("request", M("3 years from the end of the year of the answer")),
    OnErasure.DELETE,
)
KEEPING = Handling(
    M("Keeping to our keeping times"),
    Basis.LEGAL_OBLIGATION,
    Keep("retention-item", M("as long as the entry it is about")),
    OnErasure.DELETE,
)
DELIVERY = Handling(
    M("Delivering an order to another person"),
    Basis.LEGITIMATE_INTEREST,
    Keep("delivery-recipient", M("90 days after the delivery")),
    OnErasure.DELETE,
)
LINEAGE = Handling(
    M("Knowing where an entry came from"),
    Basis.LEGITIMATE_INTEREST,
    CUSTOMER_RULE,
    OnErasure.DELETE,
)
SHARED = Handling(
    M("Orders and offers: companies and labels that several people share"),
    Basis.CONTRACT,
    CUSTOMER_RULE,
    OnErasure.UNLINK_OR_DELETE_WITH_LAST,
)
SIGNED_TOGETHER = Handling(
    M("Proof of the permission of several people who signed one list"),
    Basis.LEGAL_OBLIGATION,
    PERMISSION.keep,
    OnErasure.UNLINK_OR_DELETE_WITH_LAST,
)
ERASURE_PROOF = Handling(
    M("Proof of erasure, and keeping an old copy from bringing you back"),
    Basis.LEGAL_OBLIGATION,
    PROOF_RULE,
    OnErasure.KEEP,
)
ACTIVITY_LOG = Handling(
    M("Protecting your data: who did what, and when"),
    Basis.LEGITIMATE_INTEREST,
    LOG_RULE,
    OnErasure.KEEP,
)
APART = Handling(
    M("What an order or a payment needs and few may see: a bank account, the number of an identity card"),
    Basis.CONTRACT,
    CUSTOMER_RULE,
    OnErasure.DELETE,
)
VERY_PRIVATE = Handling(
    M("Serving you without harm: an allergy or another detail about your health"),
    Basis.CONSENT,
    Keep("customer", M("until you take your agreement back, and never longer than the contact")),
    OnErasure.DELETE,
    special=M("you agreed to exactly this, explicitly (Art. 9(2)(a) GDPR)"),
)
STAFF = Handling(
    M("Letting each person who works here do what their work needs"),
    Basis.CONTRACT,
    Keep("staff", M("as long as the person works here, then as long as the activity log")),
    OnErasure.UNTOUCHED,
)
CASES = Handling(
    M("Looking into a case, by somebody who else does not see your notes and purchases"),
    Basis.LEGAL_OBLIGATION,
    RIGHTS.keep,
    OnErasure.DELETE,
)
BOOKKEEPING = Handling(
    M("Running the program itself"),
    Basis.LEGITIMATE_INTEREST,
    Keep("none", M("as long as the customer file")),
    OnErasure.UNTOUCHED,
)
SEARCH = Handling(
    M("Finding you when you call or come in"),
    Basis.CONTRACT,
    CUSTOMER_RULE,
    OnErasure.DELETE,
)
