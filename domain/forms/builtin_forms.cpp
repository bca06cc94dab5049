// builtin_forms — fields, choices and labels of the shipped forms, one line a field, in the order of display.
#include "domain/forms/builtin_forms.hpp"

#include <array>

#include "domain/forms/form_builder.hpp"
#include "domain/forms/shipped.hpp"

namespace highseas::domain {

using enum FieldType;

FormDefinition FormBuilder::finish() && {
  add(shipped::kRemark, "remark", "备注", "Remark", long_text);
  add(shipped::kAttachments, "attachments", "附件", "Attachments", file).many();
  return std::move(form_);
}

namespace {

// Customers and leads share these lists.
constexpr auto kSources = std::to_array<ShippedChoice>({
    {1, "website", "官网", "Website"},
    {2, "exhibition", "展会", "Exhibition"},
    {3, "referral", "转介绍", "Referral"},
    {4, "advertisement", "广告", "Advertisement"},
    {5, "phone", "电话", "Phone"},
    {6, "social_media", "自媒体", "Social media"},
    {7, "other", "其他", "Other"},
});

constexpr auto kIndustries = std::to_array<ShippedChoice>({
    {1, "machinery", "机械", "Machinery"},
    {2, "electrical", "电工电气", "Electrical equipment"},
    {3, "electronics", "电子", "Electronics"},
    {4, "biomedical", "生物医药", "Biomedical"},
    {5, "chemical", "化工", "Chemical"},
    {6, "materials", "材料", "Materials"},
    {7, "trade", "贸易", "Trade"},
    {8, "software", "软件", "Software"},
    {9, "it_services", "信息技术服务", "IT services"},
    {10, "other", "其他", "Other"},
});

// What a customer is.
void add_customer_profile(FormBuilder& form) {
  using namespace shipped::customers;
  form.add(kName, "name", "客户名称", "Name", text).required();
  form.add(kShortName, "short_name", "简称", "Short name", text);
  form.add(kCreditCode, "credit_code", "统一社会信用代码", "Credit code", text);
  form.add(kType, "type", "类型", "Type", choice,
           {{1, "end_user", "终端", "End user"},
            {2, "dealer", "经销商", "Dealer"},
            {3, "agent", "代理", "Agent"},
            {4, "partner", "合作伙伴", "Partner"}});
  form.add(
      kGrade, "grade", "级别", "Grade", choice,
      {{grade::kA, "A", "A", "A"}, {grade::kB, "B", "B", "B"}, {grade::kC, "C", "C", "C"}, {grade::kD, "D", "D", "D"}});
  form.add(kStatus, "status", "状态", "Status", choice,
           {{status::kPotential, "potential", "潜在", "Potential"},
            {status::kFollowing, "following", "跟进中", "Following"},
            {status::kWon, "won", "成交", "Won"},
            {status::kLost, "lost", "流失", "Lost"}})
      .by_default(base::Choice{status::kPotential});
  form.add(kSource, "source", "来源", "Source", choice, kSources);
  form.add(kIndustry, "industry", "行业", "Industry", choice, kIndustries);
  form.add(kScale, "scale", "规模", "Scale", choice,
           {{1, "under_20", "20人以下", "Under 20"},
            {2, "20_99", "20-99人", "20 to 99"},
            {3, "100_499", "100-499人", "100 to 499"},
            {4, "500_999", "500-999人", "500 to 999"},
            {5, "over_1000", "1000人以上", "Over 1,000"}});
}

// How to reach it, and how it pays.
void add_customer_details(FormBuilder& form) {
  using namespace shipped::customers;
  form.add(kWebsite, "website", "官网", "Website", url);
  form.add(kPhone, "phone", "电话", "Phone", phone);
  form.add(kEmail, "email", "邮箱", "E-mail", email);
  form.add(kRegion, "region", "地区", "Region", region);
  form.add(kAddress, "address", "地址", "Address", address);
  form.add(kLocation, "location", "定位", "Location", location);
  form.add(kParent, "parent", "上级客户", "Parent customer", reference).to(shipped::kCustomers);
  form.add(kPrimaryContact, "primary_contact", "首要联系人", "Primary contact", reference).to(shipped::kContacts);
  form.add(kTags, "tags", "标签", "Tags", choices).open();
  form.add(kCreditLimit, "credit_limit", "信用额度", "Credit limit", money).from(0);
  form.add(kPaymentTerms, "payment_terms", "付款条件", "Payment terms", choice,
           {{1, "prepaid", "预付", "Prepaid"},
            {2, "on_delivery", "货到付款", "On delivery"},
            {3, "net_30", "月结30天", "Net 30 days"},
            {4, "net_60", "月结60天", "Net 60 days"},
            {5, "net_90", "月结90天", "Net 90 days"},
            {6, "instalments", "分期", "Instalments"}});
  form.add(kInvoiceTitle, "invoice_title", "开票抬头", "Invoice title", text);
  form.add(kTaxNo, "tax_no", "税号", "Tax number", text);
  form.add(kBankName, "bank_name", "开户行", "Bank", text);
  form.add(kBankAccount, "bank_account", "银行账号", "Bank account", text);
  form.add(kInvoiceAddress, "invoice_address", "开票地址电话", "Invoice address and phone", text);
}

FormDefinition customers_form() {
  using namespace shipped::customers;
  FormBuilder form(shipped::kCustomers, "customers", "cus_", "客户", "Customers");
  add_customer_profile(form);
  add_customer_details(form);
  form.pooled_and_followed().dedup({kName}).dedup({kCreditCode}).dedup({kPhone});
  return std::move(form).finish();
}

FormDefinition leads_form() {
  using namespace shipped::leads;
  FormBuilder form(shipped::kLeads, "leads", "led_", "线索", "Leads");
  form.add(kName, "name", "名称", "Name", text).required();
  form.add(kCompany, "company", "公司", "Company", text);
  form.add(kContactName, "contact_name", "联系人", "Contact name", text);
  form.add(kMobile, "mobile", "手机", "Mobile", phone);
  form.add(kPhone, "phone", "电话", "Phone", phone);
  form.add(kEmail, "email", "邮箱", "E-mail", email);
  form.add(kWechat, "wechat", "微信", "WeChat", text);
  form.add(kTitle, "title", "职务", "Title", text);
  form.add(kSource, "source", "来源", "Source", choice, kSources);
  form.add(kCampaign, "campaign", "来源活动", "Campaign", text);
  form.add(kIndustry, "industry", "行业", "Industry", choice, kIndustries);
  form.add(kRegion, "region", "地区", "Region", region);
  form.add(kProducts, "products", "意向产品", "Products of interest", reference).to(shipped::kProducts).many();
  form.add(kNeed, "need", "需求", "Need", long_text);
  form.add(kGrade, "grade", "等级", "Grade", choice, {{1, "A", "A", "A"}, {2, "B", "B", "B"}, {3, "C", "C", "C"}});
  form.add(kStatus, "status", "状态", "Status", choice,
           {{status::kNew, "new", "新线索", "New"},
            {status::kContacted, "contacted", "已联系", "Contacted"},
            {status::kQualified, "qualified", "已确认", "Qualified"},
            {status::kConverted, "converted", "已转化", "Converted"},
            {status::kInvalid, "invalid", "无效", "Invalid"}})
      .by_default(base::Choice{status::kNew});
  form.add(kInvalidReason, "invalid_reason", "无效原因", "Reason for invalidity", choice,
           {{1, "no_need", "无需求", "No need"},
            {2, "unreachable", "联系不上", "Unreachable"},
            {3, "competitor", "已选竞品", "Chose a competitor"},
            {4, "not_target", "非目标客户", "Not a target"},
            {5, "other", "其他", "Other"}});
  form.pooled_and_followed().dedup({kMobile}).dedup({kCompany, kContactName});
  return std::move(form).finish();
}

FormDefinition contacts_form() {
  using namespace shipped::contacts;
  FormBuilder form(shipped::kContacts, "contacts", "con_", "联系人", "Contacts");
  form.add(kName, "name", "姓名", "Name", text).required();
  form.add(kCustomer, "customer", "客户", "Customer", reference).to(shipped::kCustomers).required();
  form.add(kGender, "gender", "性别", "Gender", choice,
           {{1, "male", "男", "Male"}, {2, "female", "女", "Female"}, {3, "unknown", "未知", "Unknown"}});
  form.add(kDepartment, "department", "部门", "Department", text);
  form.add(kTitle, "title", "职务", "Title", text);
  form.add(kMobile, "mobile", "手机", "Mobile", phone);
  form.add(kPhone, "phone", "电话", "Phone", phone);
  form.add(kWechat, "wechat", "微信", "WeChat", text);
  form.add(kEmail, "email", "邮箱", "E-mail", email);
  form.add(kDecisionRole, "decision_role", "决策角色", "Role in the decision", choice,
           {{1, "decider", "决策人", "Decider"},
            {2, "influencer", "影响人", "Influencer"},
            {3, "user", "使用人", "User"},
            {4, "buyer", "采购", "Buyer"}});
  form.add(kPrimary, "primary", "首要", "Primary", boolean);
  form.add(
      kAttitude, "attitude", "态度", "Attitude", choice,
      {{1, "supportive", "支持", "Supportive"}, {2, "neutral", "中立", "Neutral"}, {3, "opposed", "反对", "Opposed"}});
  form.add(kBirthday, "birthday", "生日", "Birthday", date).personal();
  form.add(kAddress, "address", "地址", "Address", address);
  form.add(kStatus, "status", "在职", "Employment", choice,
           {{status::kActive, "active", "在职", "Active"}, {status::kLeft, "left", "离职", "Left"}})
      .by_default(base::Choice{status::kActive});
  form.dedup({kCustomer, kMobile});
  return std::move(form).finish();
}

FormDefinition follow_ups_form() {
  using namespace shipped::follow_ups;
  FormBuilder form(shipped::kFollowUps, "follow-ups", "fol_", "跟进记录", "Follow-ups");
  form.add(kCustomer, "customer", "客户", "Customer", reference).to(shipped::kCustomers);
  form.add(kLead, "lead", "线索", "Lead", reference).to(shipped::kLeads);
  form.add(kContacts, "contacts", "联系人", "Contacts", reference).to(shipped::kContacts).many();
  form.add(kMethod, "method", "方式", "Method", choice,
           {{method::kCall, "call", "电话", "Call"},
            {method::kVisit, "visit", "拜访", "Visit"},
            {method::kWechat, "wechat", "微信", "WeChat"},
            {method::kEmail, "email", "邮件", "E-mail"},
            {method::kMeeting, "meeting", "会议", "Meeting"},
            {method::kSms, "sms", "短信", "Text message"},
            {method::kOther, "other", "其他", "Other"}})
      .required();
  form.add(kContent, "content", "内容", "Content", long_text).required();
  form.add(kOccurredAt, "occurred_at", "发生时间", "Occurred at", datetime);
  form.add(kResult, "result", "结果", "Result", choice,
           {{1, "interested", "有意向", "Interested"},
            {2, "again", "需再跟", "To be followed again"},
            {3, "not_interested", "无意向", "Not interested"},
            {4, "unreached", "未接通", "Unreached"}});
  form.add(kNextAt, "next_at", "下次跟进", "Next follow-up", datetime);
  form.add(kNextPlan, "next_plan", "下次计划", "Next plan", text);
  form.add(kDurationMinutes, "duration_minutes", "时长", "Minutes", integer).from(0).up_to(100'000);
  form.add(kPlace, "place", "地点", "Place", location);
  return std::move(form).finish();
}

FormDefinition products_form() {
  using namespace shipped::products;
  FormBuilder form(shipped::kProducts, "products", "prd_", "产品", "Products");
  form.add(kCode, "code", "编码", "Code", text).unique();
  form.add(kName, "name", "名称", "Name", text).required();
  form.add(kCategory, "category", "分类", "Category", choice).open();
  form.add(kSpecification, "specification", "规格型号", "Specification", text);
  // The key of an open list's choice is its text.
  form.add(kUnit, "unit", "单位", "Unit", choice,
           {{1, "台", "台", "unit"},
            {2, "套", "套", "set"},
            {3, "个", "个", "piece"},
            {4, "件", "件", "item"},
            {5, "米", "米", "metre"},
            {6, "千克", "千克", "kilogram"},
            {7, "吨", "吨", "tonne"},
            {8, "人天", "人天", "person-day"},
            {9, "年", "年", "year"}})
      .open();
  form.add(kListPrice, "list_price", "标准售价", "List price", decimal).from(0);
  form.add(kFloorPrice, "floor_price", "最低限价", "Floor price", decimal).from(0);
  form.add(kCost, "cost", "成本", "Cost", decimal).from(0);
  form.add(kTaxRate, "tax_rate", "税率", "Tax rate", percent).from(0).up_to(100);
  form.add(kActive, "active", "在售", "On sale", boolean).by_default(true);
  form.add(kImages, "images", "图片", "Images", image).many();
  form.add(kDescription, "description", "描述", "Description", long_text);
  return std::move(form).finish();
}

}  // namespace

std::vector<FormDefinition> builtin_forms() {
  return {customers_form(), leads_form(), contacts_form(), follow_ups_form(), products_form()};
}

}  // namespace highseas::domain
