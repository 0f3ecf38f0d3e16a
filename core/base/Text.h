#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>

/// What Unicode says about the texts that people type: normal forms, folding, characters that do not show. All of it is
/// ICU's work. Any thread.
namespace warder {

/// The text in normal form C; nothing if it is longer than `most` UTF-16 units as given, or has more than 30 combining
/// marks in a row, which no language has (UAX #15 §13, Stream-Safe). Sorting a run of them costs the square of its length.
std::optional<QString> normalized(QStringView text, qsizetype most);

/// Holds characters that only stand for others: wide, ligature, mathematical, superscript ones (normal form KC has none).
/// For texts that went through normalized().
bool hasStandIns(QStringView text);

/// The text in normal form KC, in which wide, ligature and superscript letters are plain ones; nothing where normalized() gives nothing.
std::optional<QString> withoutStandIns(QStringView text, qsizetype most);

/// The text of UTF-8 bytes, a leading U+FEFF included; nothing if they are not UTF-8 up to the last one.
std::optional<QString> fromUtf8(QByteArrayView bytes);

/// What two texts share if they are the same for whoever searches: "МАРИЯ" and "мария", "CAFÉ" and decomposed "café"
/// (NFKC_Casefold, UAX #31). Only the first 512 UTF-16 units count.
QString searchKey(QStringView text);

/// A text that somebody typed, for a sentence that says it back: whole, or without its middle if it has more than `most` UTF-16 units.
QString shortened(QStringView text, qsizetype most = 200);

/// How many characters a person would say it has: code points (NIST SP 800-63B).
qsizetype codePointCount(QStringView text);

/// How many columns of a terminal it takes: two for each wide character (UAX #11), none for marks and what shows as nothing.
qsizetype columnCount(QStringView text);

/// How many letters must be put in, left out or changed to make one of the other (Levenshtein). For short texts.
int distance(QStringView a, QStringView b);

/// Shows as nothing wherever it stands: Default_Ignorable_Code_Point (zero-width, fillers, variation selectors, tags).
bool isIgnorable(char32_t character);

/// Nothing of it would show: blanks, ignorable characters and the empty Braille cell only.
bool isBlank(QStringView text);

/// May stand in a line that other texts share: no control or bidirectional control, line or paragraph separator,
/// surrogate, private use, noncharacter.
bool isPlain(char32_t character);

} // namespace warder
