#include "core/accounts/MailDomain.h"

#include <unicode/idna.h>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestDomain = 253;
constexpr qsizetype longestLabel = 63;

QString wrongEnds() { return u"The part after the @-sign has a hyphen at the start or end of a name."_s; }

QString wrongCharacters() { return u"The part after the @-sign contains invalid characters."_s; }

bool isNameCharacter(QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-'; }

QString whyNotLabel(QStringView label)
{
    if (label.isEmpty())
        return u"The part after the @-sign has a period too many."_s;
    if (label.size() > longestLabel)
        return u"The part after the @-sign has a name of more than 63 characters between its periods."_s;
    if (!std::ranges::all_of(label, isNameCharacter))
        return wrongCharacters();
    return label.startsWith(u'-') || label.endsWith(u'-') ? wrongEnds() : QString();
}

QString whyNotName(const QString &ascii)
{
    if (ascii.isEmpty())
        return u"There must be something after the @-sign."_s;
    if (ascii.size() > longestDomain)
        return u"The email address is too long after the @-sign."_s;
    const QStringList labels = ascii.split(u'.');
    for (const QString &label : labels) {
        if (const QString why = whyNotLabel(label); !why.isEmpty())
            return why;
    }
    if (labels.size() < 2)
        return u"The part after the @-sign is not valid. It should have a period."_s;
    const bool named = std::ranges::any_of(labels.last(), [](QChar c) { return c >= u'a' && c <= u'z'; });
    return named ? QString() : u"The part after the @-sign ends with a number instead of a name."_s;
}

QString whyNotMapped(uint32_t errors)
{
    if (errors & (UIDNA_ERROR_PUNYCODE | UIDNA_ERROR_INVALID_ACE_LABEL))
        return u"The part after the @-sign has a name with xn-- that stands for nothing."_s;
    if (errors & (UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN))
        return wrongEnds();
    return wrongCharacters();
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
std::expected<MailDomain, QString> mapped(QStringView typed)
{
    // What whyNotName() says better, and "two hyphens", which ordinary names of hosts have.
    constexpr uint32_t elsewhere =
        UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG | UIDNA_ERROR_DOMAIN_NAME_TOO_LONG | UIDNA_ERROR_HYPHEN_3_4;
    UErrorCode status = U_ZERO_ERROR;
    icu::IDNAInfo asked;
    icu::UnicodeString ascii;
    library().nameToASCII(icu::UnicodeString(false, typed.utf16(), int32_t(typed.size())), ascii, asked, status);
    if (U_FAILURE(status))
        return std::unexpected(wrongCharacters());
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

std::expected<MailDomain, QString> MailDomain::parse(QStringView typed)
{
    if (typed.size() > longestDomain)
        return std::unexpected(u"The email address is too long after the @-sign."_s);
    const QString lower = typed.toString().toLower();
    auto domain =
        isPlainAscii(lower) ? std::expected<MailDomain, QString>(MailDomain {.ascii = lower, .text = typed.toString()}) : mapped(typed);
    if (!domain)
        return domain;
    if (const QString why = whyNotName(domain->ascii); !why.isEmpty())
        return std::unexpected(why);
    return domain;
}

} // namespace warder
