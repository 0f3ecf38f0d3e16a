#pragma once

#include <QString>

#include <optional>

/// What Unicode says about the texts that people type: normal forms, folding, characters that do not show. All of it is
/// ICU's work. Any thread.
namespace warder {

/// The text in normal form C; nothing if it is longer than `most` UTF-16 units as given. The bound comes first, because
/// normalising a run of combining marks costs the square of its length.
std::optional<QString> normalized(QStringView text, qsizetype most);

/// What two texts share if they are the same for whoever searches: "МАРИЯ" and "мария", "CAFÉ" and decomposed "café"
/// (NFKC_Casefold, UAX #31). Only the first 512 UTF-16 units count.
QString searchKey(QStringView text);

/// How many characters a person would say it has: code points (NIST SP 800-63B).
qsizetype codePointCount(QStringView text);

/// Shows as nothing wherever it stands: Default_Ignorable_Code_Point (zero-width, fillers, variation selectors, tags).
bool isIgnorable(char32_t character);

/// May stand in a line that other texts share: no control or bidirectional control, line or paragraph separator,
/// surrogate, private use, noncharacter.
bool isPlain(char32_t character);

} // namespace warder
