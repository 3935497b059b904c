# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The objects that the stand-in knows, field by field.

Names, kinds and choices are those of the vendor's OpenAPI document 2.74.00, lengths
those of 2.70.19; what is answered unasked follows the recordings (dossier §4, §9).
"""

from __future__ import annotations

from .model import Model, parse_model

_ADDRESS = """
    addressLine1:str<255 addressLine2:str<255 postalCode:str<100 city:str<100
    country:>Country displayName:str! addressAsString:str!
    displayNameInklMatrikkel:str! knr:int gnr:int bnr:int fnr:int snr:int
    unitNumber:str<255
"""
_PARTY_END = """
    postalAddress:+Address physicalAddress:+Address deliveryAddress:+DeliveryAddress
    category1:>CustomerCategory category2:>CustomerCategory
    category3:>CustomerCategory
"""
_COMPANY = """
    name:str displayName:str! startDate:date endDate:date organizationNumber:str
    email:str phoneNumber:str phoneNumberMobile:str faxNumber:str address:>Address
    type:NONE|ENK|AS|NUF|ANS|DA|ASA|SA|STI|FLI|Other currency:>Currency
    accountantOrSimilar:bool! companyMigration:NONE|AGRO=NONE!
    invoiceShowDeliveryDate:bool!
"""

# model: (path, fields)
_TABLE: dict[str, tuple[str, str]] = {
    "Address": ("address", _ADDRESS),
    "DeliveryAddress": (
        "deliveryAddress",
        _ADDRESS + "name:str<100 customerVendor:>Company",
    ),
    "Company": ("company", _COMPANY),
    "Client": ("company", _COMPANY + "customerCompanyId:int!"),
    "Customer": (
        "customer",
        """
        name:str<255 organizationNumber:str<100 globalLocationNumber:int
        supplierNumber:int customerNumber:int isSupplier:bool isCustomer:bool!
        isInactive:bool accountManager:>Employee department:>Department
        email:str<254 invoiceEmail:str<254 overdueNoticeEmail:str<254
        bankAccounts:[str]~ phoneNumber:str<100 phoneNumberMobile:str<100
        description:str language:NO|EN=NO displayName:str! isPrivateIndividual:bool
        singleCustomerInvoice:bool
        invoiceSendMethod:EMAIL|EHF|EFAKTURA|AVTALEGIRO|VIPPS|PAPER|MANUAL=EMAIL
        emailAttachmentType:LINK|ATTACHMENT=ATTACHMENT
        """
        + _PARTY_END
        + """
        invoicesDueIn:int=14
        invoicesDueInType:DAYS|MONTHS|RECURRING_DAY_OF_MONTH=DAYS
        currency:>Currency bankAccountPresentation:[BankAccount]
        ledgerAccount:>Account isFactoring:bool invoiceSendSMSNotification:bool
        invoiceSMSNotificationNumber:str isAutomaticSoftReminderEnabled:bool
        isAutomaticReminderEnabled:bool
        isAutomaticNoticeOfDebtCollectionEnabled:bool discountPercentage:num
        website:str
        """,
    ),
    "Supplier": (
        "supplier",
        """
        name:str<255 organizationNumber:str<100 supplierNumber:int customerNumber:int
        isSupplier:bool! isCustomer:bool isInactive:bool email:str<254
        bankAccounts:[str]~ invoiceEmail:str<254 overdueNoticeEmail:str<254
        phoneNumber:str<100 phoneNumberMobile:str<100 description:str
        isPrivateIndividual:bool showProducts:bool accountManager:>Employee
        """
        + _PARTY_END
        + """
        bankAccountPresentation:[BankAccount] currency:>Currency
        ledgerAccount:>Account language:NO|EN=NO isWholesaler:bool! displayName:str!
        locale:str! website:str
        """,
    ),
    "CustomerCategory": (
        "customer/category",
        "name:str number:str description:str type:int displayName:str!",
    ),
    "Contact": (
        "contact",
        """
        firstName:str<100 lastName:str<100 displayName:str! email:str<100
        phoneNumberMobileCountry:>Country phoneNumberMobile:str<100
        phoneNumberWork:str<100 customer:>Customer department:>Department
        isInactive:bool
        """,
    ),
    "Product": (
        "product",
        """
        name:str<255 number:str<100 displayNumber:str! description:str
        orderLineDescription:str ean:str<14 elNumber:str! nrfNumber:str!
        costExcludingVatCurrency:num expenses:num expensesInPercent:num!
        costPrice:num! profit:num! profitInPercent:num!
        priceExcludingVatCurrency:num priceIncludingVatCurrency:num isInactive:bool
        discountGroup:>DiscountGroup productUnit:>ProductUnit isStockItem:bool
        stockOfGoods:num!? availableStock:num!? incomingStock:num!?
        outgoingStock:num!? vatType:>VatType currency:>Currency
        department:>Department account:>Account discountPrice:num!
        supplier:>Supplier resaleProduct:>Product isDeletable:bool
        hasSupplierProductConnected:bool weight:num weightUnit:kg|g|hg volume:num
        volumeUnit:cm3|dm3|m3 hsnCode:str<20 image:>Document
        markupListPercentage:num! markupNetPercentage:num! displayName:str!
        mainSupplierProduct:>SupplierProduct isRoundPriceIncVat:bool!
        priceInTargetCurrency:num! purchasePriceCurrency:num! minStockLevel:num
        """,
    ),
    "ProductUnit": (
        "product/unit",
        """
        displayName:str! displayNameShort:str! name:str<100 nameEN:str<255
        nameShort:str<50 nameShortEN:str<50 commonCode:str<50 isDeletable:bool
        """,
    ),
    "VatType": (
        "ledger/vatType",
        """
        name:str number:str displayName:str percentage:num deductionPercentage:num
        parentType:>VatType
        """,
    ),
    "Account": (
        "ledger/account",
        """
        number:int numberPretty:str! name:str description:str
        type:ASSETS|EQUITY|LIABILITIES|OPERATING_REVENUES|OPERATING_EXPENSES|INVESTMENT_INCOME|COST_OF_CAPITAL|TAX_ON_ORDINARY_ACTIVITIES|ANNUAL_RESULT!
        legalVatTypes:*VatType!
        ledgerType:GENERAL|CUSTOMER|VENDOR|EMPLOYEE|ASSET=GENERAL balanceGroup:str!
        vatType:>VatType vatLocked:bool currency:>Currency isCloseable:bool
        isApplicableForSupplierInvoice:bool requireReconciliation:bool
        isInactive:bool isBankAccount:bool isInvoiceAccount:bool
        bankAccountNumber:str bankAccountCountry:>Country bankName:str
        bankAccountIBAN:str bankAccountSWIFT:str saftCode:str groupingCode:str
        displayName:str requiresDepartment:bool requiresProject:bool
        invoicingDepartment:>Department isPostingsExist:bool
        quantityType1:>ProductUnit quantityType2:>ProductUnit department:>Department
        """,
    ),
    "Currency": (
        "currency",
        "code:str description:str factor:int displayName:str isDisabled:bool",
    ),
    "CurrencyExchangeRate": (
        "currency/rate",
        """
        targetCurrency:>Currency sourceCurrency:>Currency rate:num
        source:NORGES_BANK|HALLONEN date:date
        """,
    ),
    "Country": (
        "country",
        """
        name:str! displayName:str! isoAlpha2Code:str! isoAlpha3Code:str!
        isoNumericCode:str!
        """,
    ),
    "Department": (
        "department",
        """
        name:str<255 departmentNumber:str<100 departmentManager:>Employee
        displayName:str! isInactive:bool businessActivityTypeId:int!
        """,
    ),
    "Employee": (
        "employee",
        """
        firstName:str<100 lastName:str<100 displayName:str! employeeNumber:str
        dateOfBirth:date email:str phoneNumberMobile:str phoneNumberHome:str
        phoneNumberWork:str userType:STANDARD|EXTENDED|NO_ACCESS~ isContact:bool
        isProxy:bool! comments:str address:>Address department:>Department
        companyId:int!
        """,
    ),
    "Entitlement": (
        "employee/entitlement",
        "employee:>Employee name:str! entitlementId:int customer:>Company",
    ),
    "Order": (
        "order",
        """
        customer:>Customer contact:>Contact attn:>Contact displayName:str!
        receiverEmail:str<254 overdueNoticeEmail:str<254 number:str<100
        reference:str<255 ourContact:>Contact ourContactEmployee:>Employee
        department:>Department orderDate:date project:>Project invoiceComment:str
        currency:>Currency invoicesDueIn:int=14
        status:NOT_CHOSEN|NEW|CONFIRMATION_SENT|READY_FOR_PICKING|PICKED|PACKED|READY_FOR_SHIPPING|READY_FOR_INVOICING|INVOICED|CANCELLED=NOT_CHOSEN
        invoicesDueInType:DAYS|MONTHS|RECURRING_DAY_OF_MONTH=DAYS
        isShowOpenPostsOnInvoices:bool isClosed:bool deliveryDate:date
        deliveryAddress:>DeliveryAddress deliveryComment:str
        isPrioritizeAmountsIncludingVat:bool
        orderLineSorting:ID|PRODUCT|PRODUCT_DESCENDING|CUSTOM=ID
        orderGroups:*OrderGroup orderLines:*OrderLine isSubscription:bool
        subscriptionDuration:int subscriptionDurationType:MONTHS|YEAR=MONTHS
        subscriptionPeriodsOnInvoice:int
        subscriptionPeriodsOnInvoiceType:MONTHS|=MONTHS!
        subscriptionInvoicingTimeInAdvanceOrArrears:ADVANCE|ARREARS=ADVANCE
        subscriptionInvoicingTime:int subscriptionInvoicingTimeType:DAYS|MONTHS=MONTHS
        isSubscriptionAutoInvoicing:bool preliminaryInvoice:>Invoice
        attachment:*Document! sendMethodDescription:str
        canCreateBackorder:bool! invoiceOnAccountVatHigh:bool
        totalInvoicedOnAccountAmountAbsoluteCurrency:num!
        invoiceSendSMSNotification:bool! invoiceSMSNotificationNumber:str<100
        markUpOrderLines:num discountPercentage:num customerName:str!
        projectManagerNameAndNumber:str! travelReports:*Document!
        accountingDimensionValues:*Document!
        """,
    ),
    "OrderGroup": (
        "order/orderGroup",
        "order:>Order title:str comment:str sortIndex:int orderLines:*OrderLine",
    ),
    "OrderLine": (
        "order/orderline",
        """
        product:>Product inventory:>Inventory inventoryLocation:>Inventory
        description:str displayName:str! count:num unitCostCurrency:num
        unitPriceExcludingVatCurrency:num currency:>Currency markup:num discount:num
        vatType:>VatType amountExcludingVatCurrency:num!
        amountIncludingVatCurrency:num! vendor:>Company order:>Order
        unitPriceIncludingVatCurrency:num isSubscription:bool
        subscriptionPeriodStart:date subscriptionPeriodEnd:date orderGroup:>OrderGroup
        sortIndex:int isPicked:bool pickedDate:date orderedQuantity:num isCharged:bool
        """,
    ),
    "Invoice": (
        "invoice",
        """
        invoiceNumber:int invoiceDate:date customer:>Customer creditedInvoice:int!
        isCredited:bool! invoiceDueDate:date kid:str<25 invoiceComment:str!
        comment:str orders:*Order orderLines:*OrderLine! travelReports:*Document!
        projectInvoiceDetails:*Document! voucher:>Voucher deliveryDate:date!
        amount:num! amountCurrency:num! amountExcludingVat:num!
        amountExcludingVatCurrency:num! amountRoundoff:num! amountRoundoffCurrency:num!
        amountOutstanding:num! amountCurrencyOutstanding:num!
        amountOutstandingTotal:num! amountCurrencyOutstandingTotal:num! sumRemits:num!
        currency:>Currency isCreditNote:bool! isCharged:bool! isApproved:bool!
        postings:*Posting! reminders:*Document! invoiceRemarks:str
        invoiceRemark:>Document paymentTypeId:int~ paidAmount:num~
        isPeriodizationPossible:bool! documentId:int!
        ehfSendStatus:DO_NOT_SEND|SEND|SENT|SEND_FAILURE_RECIPIENT_NOT_FOUND~
        """,
    ),
    "PaymentType": (
        "invoice/paymentType",
        """
        description:str displayName:str debitAccount:>Account creditAccount:>Account
        vatType:>VatType sequence:int customer:>Customer supplier:>Supplier
        currencyId:int! currencyCode:str!
        """,
    ),
    "PaymentTypeOut": (
        "ledger/paymentTypeOut",
        """
        description:str isBruttoWageDeduction:bool creditAccount:>Account
        showIncomingInvoice:bool showWagePayment:bool showVatReturns:bool
        showWagePeriodTransaction:bool requiresSeparateVoucher:bool sequence:int
        isInactive:bool displayName:str currencyId:int currencyCode:str
        """,
    ),
    "Posting": (
        "ledger/posting",
        """
        voucher:>Voucher date:date description:str account:>Account
        amortizationAccount:>Account amortizationStartDate:date
        amortizationEndDate:date customer:>Customer supplier:>Supplier
        employee:>Employee project:>Project product:>Product department:>Department
        vatType:>VatType amount:num amountCurrency:num amountGross:num
        amountGrossCurrency:num currency:>Currency closeGroup:>CloseGroup
        invoiceNumber:str termOfPayment:date row:int
        type:INCOMING_PAYMENT|INCOMING_PAYMENT_OPPOSITE|INCOMING_INVOICE_CUSTOMER_POSTING|INVOICE_EXPENSE|OUTGOING_INVOICE_CUSTOMER_POSTING|WAGE!
        externalRef:str! systemGenerated:bool! matched:bool!
        quantityAmount1:num quantityType1:>ProductUnit quantityAmount2:num
        quantityType2:>ProductUnit isVatReadonly:bool! isAmountVatClosed:bool!
        postingRuleId:int
        """,
    ),
    "CloseGroup": ("ledger/closeGroup", "date:date postings:*Posting!"),
    "VoucherType": ("ledger/voucherType", "name:str displayName:str"),
    "Voucher": (
        "ledger/voucher",
        """
        date:date number:int! tempNumber:int! year:int! description:str
        voucherType:>VoucherType reverseVoucher:>Voucher postings:*Posting
        document:>Document attachment:>Document externalVoucherNumber:str<70
        ediDocument:>Document
        supplierVoucherType:TYPE_SUPPLIER_INVOICE_SIMPLE|TYPE_SUPPLIER_INVOICE_DETAILED!
        wasAutoMatched:bool! vendorInvoiceNumber:str displayName:str!
        numberAsString:str!
        """,
    ),
    "SupplierInvoice": (
        "supplierInvoice",
        """
        invoiceNumber:str invoiceDate:date supplier:>Supplier invoiceDueDate:date
        kidOrReceiverReference:str voucher:>Voucher amount:num! amountCurrency:num
        amountExcludingVat:num! amountExcludingVatCurrency:num currency:>Currency
        isCreditNote:bool! orderLines:*OrderLine! payments:*Posting!
        originalInvoiceDocumentId:int! approvalListElements:*Document!
        outstandingAmount:num!
        """,
    ),
    "Subscription": (
        "event/subscription",
        """
        event:str<255 targetUrl:str<255 fields:str<255
        status:ACTIVE|DISABLED|DISABLED_TOO_MANY_ERRORS|DISABLED_RATE_LIMIT_EXCEEDED|DISABLED_MISUSE
        authHeaderName:str<255 authHeaderValue:str~ hmacSharedSecret:str~
        """,
    ),
    "SalesModule": ("company/salesmodules", "name:str costStartDate:date"),
    "SessionToken": (
        "token/session",
        """
        consumerToken:>ConsumerToken employeeToken:>EmployeeToken expirationDate:date
        token:str encryptionKey:null!
        """,
    ),
    "ConsumerToken": ("token/consumer", "token:str expirationDate:date"),
    "EmployeeToken": ("token/employee", "employee:>Employee expirationDate:date"),
    "LoggedInUserInfo": (
        "token/session/>whoAmI",
        """
        employeeId:int! actualEmployeeId:int! employee:>Employee companyId:int!
        company:>Company language:str! loggedInWithConnect:bool! employeeIsProxy:bool!
        """,
    ),
}
# named by others, without books of their own here: always null or empty
_UNUSED = ("DiscountGroup", "Document", "Inventory", "Project", "SupplierProduct")

MODELS: dict[str, Model] = {
    name: parse_model(name, path, text) for name, (path, text) in _TABLE.items()
}
MODELS.update(
    {n: parse_model(n, n[0].lower() + n[1:], "name:str number:str") for n in _UNUSED}
)
for _name in ("LoggedInUserInfo", "SalesModule"):
    for _field in ("id", "version", "changes", "url"):
        del MODELS[_name].fields[_field]
