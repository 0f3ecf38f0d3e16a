#include "core/accounts/MailDomain.h"

#include <QStringList>

#include <unicode/idna.h>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestDomain = 253;
constexpr qsizetype longestLabel = 63;

bool isLabelCharacter(QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-'; }

std::optional<FaultReason> whyNotLabel(QStringView label)
{
    if (label.isEmpty())
        return FaultReason::EmailDomainPeriods;
    if (label.size() > longestLabel)
        return FaultReason::EmailDomainLabelTooLong;
    if (!std::ranges::all_of(label, isLabelCharacter))
        return FaultReason::EmailDomainCharacters;
    return label.startsWith(u'-') || label.endsWith(u'-') ? std::optional(FaultReason::EmailDomainHyphens) : std::nullopt;
}

std::optional<FaultReason> whyNotName(const QString &ascii)
{
    if (ascii.isEmpty())
        return FaultReason::EmailDomainEmpty;
    if (ascii.size() > longestDomain)
        return FaultReason::EmailDomainTooLong;
    const QStringList labels = ascii.split(u'.');
    for (const QString &label : labels) {
        if (const auto why = whyNotLabel(label))
            return why;
    }
    if (labels.size() < 2)
        return FaultReason::EmailDomainWithoutPeriod;
    const bool named = std::ranges::any_of(labels.last(), [](QChar c) { return c >= u'a' && c <= u'z'; });
    return named ? std::nullopt : std::optional(FaultReason::EmailDomainNumber);
}

FaultReason whyNotMapped(uint32_t errors)
{
    if (errors & (UIDNA_ERROR_PUNYCODE | UIDNA_ERROR_INVALID_ACE_LABEL))
        return FaultReason::EmailDomainPunycode;
    if (errors & (UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN))
        return FaultReason::EmailDomainHyphens;
    return FaultReason::EmailDomainCharacters;
}

const icu::IDNA &library()
{
    static const std::unique_ptr<const icu::IDNA> made = [] {
        UErrorCode status = U_ZERO_ERROR;
        return std::unique_ptr<const icu::IDNA>(icu::IDNA::createUTS46Instance(UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI
                                                                                   | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII
                                                                                   | UIDNA_NONTRANSITIONAL_TO_UNICODE,
                                                                               status));
    }();
    return *made;
}

QString fromLibrary(const icu::UnicodeString &text) { return QString(reinterpret_cast<const QChar *>(text.getBuffer()), text.length()); }

/// The way of every name but plain ASCII ones.
std::expected<MailDomain, FaultReason> mapped(QStringView typed)
{
    // What whyNotName() says better, and "two hyphens", which ordinary names of hosts have.
    constexpr uint32_t elsewhere =
        UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG | UIDNA_ERROR_DOMAIN_NAME_TOO_LONG | UIDNA_ERROR_HYPHEN_3_4;
    UErrorCode status = U_ZERO_ERROR;
    icu::IDNAInfo asked;
    icu::UnicodeString ascii;
    library().nameToASCII(icu::UnicodeString(false, typed.utf16(), int32_t(typed.size())), ascii, asked, status);
    if (U_FAILURE(status))
        return std::unexpected(FaultReason::EmailDomainCharacters);
    if (asked.getErrors() & ~elsewhere)
        return std::unexpected(whyNotMapped(asked.getErrors()));
    icu::IDNAInfo told;
    icu::UnicodeString text;
    library().nameToUnicode(ascii, text, told, status);
    return MailDomain {.ascii = fromLibrary(ascii), .text = fromLibrary(text)};
}

bool isPlainAscii(const QString &lower)
{
    return std::ranges::all_of(lower, [](QChar c) { return c < u'\x80'; }) && !lower.contains("xn--"_L1);
}

} // namespace

std::expected<MailDomain, FaultReason> MailDomain::parse(QStringView typed)
{
    if (typed.size() > longestDomain)
        return std::unexpected(FaultReason::EmailDomainTooLong);
    const QString lower = typed.toString().toLower();
    auto domain =
        isPlainAscii(lower) ? std::expected<MailDomain, FaultReason>(MailDomain {.ascii = lower, .text = typed.toString()}) : mapped(typed);
    if (!domain)
        return domain;
    if (const auto why = whyNotName(domain->ascii))
        return std::unexpected(*why);
    return domain;
}

} // namespace warder
