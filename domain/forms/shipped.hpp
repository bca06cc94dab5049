// shipped — the fixed numbers below 1,000 of the forms, fields and choices that every workspace has. Never reused: what
// is retired leaves a gap.
#pragma once

#include "domain/forms/form_definition.hpp"

namespace highseas::domain::shipped {

inline constexpr FormNumber kCustomers = 1;
inline constexpr FormNumber kLeads = 2;
inline constexpr FormNumber kContacts = 3;
inline constexpr FormNumber kFollowUps = 4;
inline constexpr FormNumber kProducts = 5;
// 6 opportunities, 7 quotes, 8 contracts, 9 payment-plans, 10 payments, 11 invoices, 12 targets come with the sales
// process; 20 and up are the templates'.

// On every form.
inline constexpr FieldNumber kRemark = 901;
inline constexpr FieldNumber kAttachments = 902;

namespace customers {

inline constexpr FieldNumber kName = 1;
inline constexpr FieldNumber kShortName = 2;
inline constexpr FieldNumber kCreditCode = 3;
inline constexpr FieldNumber kType = 4;
inline constexpr FieldNumber kGrade = 5;
inline constexpr FieldNumber kStatus = 6;
inline constexpr FieldNumber kSource = 7;
inline constexpr FieldNumber kIndustry = 8;
inline constexpr FieldNumber kScale = 9;
inline constexpr FieldNumber kWebsite = 10;
inline constexpr FieldNumber kPhone = 11;
inline constexpr FieldNumber kEmail = 12;
inline constexpr FieldNumber kRegion = 13;
inline constexpr FieldNumber kAddress = 14;
inline constexpr FieldNumber kLocation = 15;
inline constexpr FieldNumber kParent = 16;
inline constexpr FieldNumber kPrimaryContact = 17;
inline constexpr FieldNumber kTags = 18;
inline constexpr FieldNumber kCreditLimit = 19;
inline constexpr FieldNumber kPaymentTerms = 20;
inline constexpr FieldNumber kInvoiceTitle = 21;
inline constexpr FieldNumber kTaxNo = 22;
inline constexpr FieldNumber kBankName = 23;
inline constexpr FieldNumber kBankAccount = 24;
inline constexpr FieldNumber kInvoiceAddress = 25;

namespace status {
inline constexpr std::uint32_t kPotential = 1;
inline constexpr std::uint32_t kFollowing = 2;
inline constexpr std::uint32_t kWon = 3;
inline constexpr std::uint32_t kLost = 4;
}  // namespace status

namespace grade {
inline constexpr std::uint32_t kA = 1;
inline constexpr std::uint32_t kB = 2;
inline constexpr std::uint32_t kC = 3;
inline constexpr std::uint32_t kD = 4;
}  // namespace grade

}  // namespace customers

namespace leads {

inline constexpr FieldNumber kName = 1;
inline constexpr FieldNumber kCompany = 2;
inline constexpr FieldNumber kContactName = 3;
inline constexpr FieldNumber kMobile = 4;
inline constexpr FieldNumber kPhone = 5;
inline constexpr FieldNumber kEmail = 6;
inline constexpr FieldNumber kWechat = 7;
inline constexpr FieldNumber kTitle = 8;
inline constexpr FieldNumber kSource = 9;
inline constexpr FieldNumber kCampaign = 10;
inline constexpr FieldNumber kIndustry = 11;
inline constexpr FieldNumber kRegion = 12;
inline constexpr FieldNumber kProducts = 13;
inline constexpr FieldNumber kNeed = 14;
inline constexpr FieldNumber kGrade = 15;
inline constexpr FieldNumber kStatus = 16;
inline constexpr FieldNumber kInvalidReason = 17;

namespace status {
inline constexpr std::uint32_t kNew = 1;
inline constexpr std::uint32_t kContacted = 2;
inline constexpr std::uint32_t kQualified = 3;
inline constexpr std::uint32_t kConverted = 4;
inline constexpr std::uint32_t kInvalid = 5;
}  // namespace status

}  // namespace leads

namespace contacts {

inline constexpr FieldNumber kName = 1;
inline constexpr FieldNumber kCustomer = 2;
inline constexpr FieldNumber kGender = 3;
inline constexpr FieldNumber kDepartment = 4;
inline constexpr FieldNumber kTitle = 5;
inline constexpr FieldNumber kMobile = 6;
inline constexpr FieldNumber kPhone = 7;
inline constexpr FieldNumber kWechat = 8;
inline constexpr FieldNumber kEmail = 9;
inline constexpr FieldNumber kDecisionRole = 10;
inline constexpr FieldNumber kPrimary = 11;
inline constexpr FieldNumber kAttitude = 12;
inline constexpr FieldNumber kBirthday = 13;
inline constexpr FieldNumber kAddress = 14;
inline constexpr FieldNumber kStatus = 15;

namespace status {
inline constexpr std::uint32_t kActive = 1;
inline constexpr std::uint32_t kLeft = 2;
}  // namespace status

}  // namespace contacts

namespace follow_ups {

inline constexpr FieldNumber kCustomer = 1;
inline constexpr FieldNumber kLead = 2;
// 3 is opportunity, which comes with the sales process.
inline constexpr FieldNumber kContacts = 4;
inline constexpr FieldNumber kMethod = 5;
inline constexpr FieldNumber kContent = 6;
inline constexpr FieldNumber kOccurredAt = 7;
inline constexpr FieldNumber kResult = 8;
inline constexpr FieldNumber kNextAt = 9;
inline constexpr FieldNumber kNextPlan = 10;
inline constexpr FieldNumber kDurationMinutes = 11;
inline constexpr FieldNumber kPlace = 12;

namespace method {
inline constexpr std::uint32_t kCall = 1;
inline constexpr std::uint32_t kVisit = 2;
inline constexpr std::uint32_t kWechat = 3;
inline constexpr std::uint32_t kEmail = 4;
inline constexpr std::uint32_t kMeeting = 5;
inline constexpr std::uint32_t kSms = 6;
inline constexpr std::uint32_t kOther = 7;
}  // namespace method

}  // namespace follow_ups

namespace products {

inline constexpr FieldNumber kCode = 1;
inline constexpr FieldNumber kName = 2;
inline constexpr FieldNumber kCategory = 3;
inline constexpr FieldNumber kSpecification = 4;
inline constexpr FieldNumber kUnit = 5;
inline constexpr FieldNumber kListPrice = 6;
inline constexpr FieldNumber kFloorPrice = 7;
inline constexpr FieldNumber kCost = 8;
inline constexpr FieldNumber kTaxRate = 9;
inline constexpr FieldNumber kActive = 10;
inline constexpr FieldNumber kImages = 11;
inline constexpr FieldNumber kDescription = 12;

}  // namespace products

}  // namespace highseas::domain::shipped
