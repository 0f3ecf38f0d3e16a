#include "core/base/Text.h"

#include <QList>
#include <QStringDecoder>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestSearch = 512;
constexpr int mostMarks = 30;

/// In the library's form; a read-only alias, so it must not outlive `text`.
icu::UnicodeString aliasOf(QStringView text) { return icu::UnicodeString(false, text.utf16(), int32_t(text.size())); }

/// QString::fromUtf16() would take a byte order mark at the start for one, and turn what follows U+FFFE round.
QString fromLibrary(const icu::UnicodeString &text) { return QString(reinterpret_cast<const QChar *>(text.getBuffer()), text.length()); }

/// A normal form; kept from the first use on: a static of ours is made before any other thread sees it.
template <const icu::Normalizer2 *(*form)(UErrorCode &)>
const icu::Normalizer2 &normalizer()
{
    UErrorCode status = U_ZERO_ERROR;
    static const icu::Normalizer2 *const instance = form(status);
    return *instance;
}

QString run(const icu::Normalizer2 &form, QStringView text)
{
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString done = form.normalize(aliasOf(text), status);
    return U_SUCCESS(status) ? fromLibrary(done) : text.toString();
}

bool hasTooManyMarks(QStringView text)
{
    int run = 0;
    for (qsizetype i = 0; i < text.size() && run <= mostMarks;) {
        UChar32 character = 0;
        U16_NEXT(text.utf16(), i, text.size(), character);
        run = u_getCombiningClass(character) == 0 ? 0 : run + 1;
    }
    return run > mostMarks;
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
    if (text.size() > most || hasTooManyMarks(text))
        return std::nullopt;
    return run(normalizer<icu::Normalizer2::getNFCInstance>(), text);
}

bool hasStandIns(QStringView text)
{
    UErrorCode status = U_ZERO_ERROR;
    return !normalizer<icu::Normalizer2::getNFKCInstance>().isNormalized(aliasOf(text), status);
}

std::optional<QString> withoutStandIns(QStringView text, qsizetype most)
{
    if (text.size() > most || hasTooManyMarks(text))
        return std::nullopt;
    return run(normalizer<icu::Normalizer2::getNFKCInstance>(), text);
}

std::optional<QString> fromUtf8(QByteArrayView bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    QString text = decoder(bytes);
    return decoder.hasError() ? std::nullopt : std::optional(std::move(text));
}

QString searchKey(QStringView text) { return run(normalizer<icu::Normalizer2::getNFKCCasefoldInstance>(), firstOf(text, longestSearch)); }

QString shortened(QStringView text, qsizetype most)
{
    if (text.size() <= most)
        return text.toString();
    const qsizetype end = most / 3;
    const bool isCut = text[text.size() - end].isLowSurrogate();
    return firstOf(text, most - end).toString() + u" … "_s + text.last(isCut ? end - 1 : end).toString();
}

qsizetype codePointCount(QStringView text)
{
    return text.size() - std::ranges::count_if(text, [](QChar unit) { return unit.isLowSurrogate(); });
}

qsizetype columnCount(QStringView text)
{
    qsizetype columns = 0;
    for (const uint character : text.toUcs4()) {
        const auto c = UChar32(character);
        const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
        if (!isIgnorable(character) && !(U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK)))
            columns += width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
    }
    return columns;
}

int distance(QStringView a, QStringView b)
{
    QList<int> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < a.size(); ++i) {
        int diagonal = row[0]++;
        for (qsizetype j = 0; j < b.size(); ++j) {
            const int changed = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.last();
}

bool isIgnorable(char32_t character) { return u_hasBinaryProperty(UChar32(character), UCHAR_DEFAULT_IGNORABLE_CODE_POINT); }

bool isBlank(QStringView text)
{
    constexpr char32_t emptyBraille = 0x2800;
    const QList<uint> characters = text.toUcs4();
    return std::ranges::all_of(characters, [](char32_t c) { return QChar::isSpace(c) || isIgnorable(c) || c == emptyBraille; });
}

bool isPlain(char32_t character)
{
    const auto c = UChar32(character);
    constexpr uint32_t never = U_GC_CC_MASK | U_GC_CS_MASK | U_GC_CO_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK;
    return !(U_GET_GC_MASK(c) & never) && !u_hasBinaryProperty(c, UCHAR_BIDI_CONTROL)
           && !u_hasBinaryProperty(c, UCHAR_NONCHARACTER_CODE_POINT);
}

} // namespace warder
