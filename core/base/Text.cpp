#include "core/base/Text.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace warder {
namespace {

constexpr qsizetype longestSearch = 512;

/// In the library's form; a read-only alias, so it must not outlive `text`.
icu::UnicodeString aliasOf(QStringView text)
{
    return icu::UnicodeString(false, text.utf16(), int32_t(text.size()));
}

QString run(const icu::Normalizer2 *form, QStringView text)
{
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString done = form->normalize(aliasOf(text), status);
    return U_SUCCESS(status) ? QString::fromUtf16(done.getBuffer(), done.length()) : text.toString();
}

const icu::Normalizer2 *composing()
{
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFCInstance(status);
}

const icu::Normalizer2 *folding()
{
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFKCCasefoldInstance(status);
}

/// Cut at a whole character.
QStringView firstOf(QStringView text, qsizetype most)
{
    if (text.size() <= most)
        return text;
    return text.first(text[most - 1].isHighSurrogate() ? most - 1 : most);
}

} // namespace

std::optional<QString> normalized(QStringView text, qsizetype most)
{
    if (text.size() > most)
        return std::nullopt;
    return run(composing(), text);
}

QString searchKey(QStringView text)
{
    return run(folding(), firstOf(text, longestSearch));
}

qsizetype codePointCount(QStringView text)
{
    return text.size() - std::ranges::count_if(text, [](QChar unit) { return unit.isLowSurrogate(); });
}

bool isIgnorable(char32_t character)
{
    return u_hasBinaryProperty(UChar32(character), UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

bool isPlain(char32_t character)
{
    const auto c = UChar32(character);
    constexpr uint32_t never = U_GC_CC_MASK | U_GC_CS_MASK | U_GC_CO_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK;
    return !(U_GET_GC_MASK(c) & never) && !u_hasBinaryProperty(c, UCHAR_BIDI_CONTROL) && !u_hasBinaryProperty(c, UCHAR_NONCHARACTER_CODE_POINT);
}

} // namespace warder
