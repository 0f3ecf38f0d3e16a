#include "ui/support/PlainText.h"

#include "core/base/Text.h"

namespace warder {

QString plainText(const QString &text)
{
    QString plain;
    plain.reserve(text.size());
    for (const char32_t character : text.toUcs4())
        plain += isPlain(character) ? QString::fromUcs4(&character, 1) : QString(QChar::ReplacementCharacter);
    return plain;
}

} // namespace warder
