#pragma once

#include <QHash>
#include <QTranslator>

namespace warder::test {

/// A language that can be read and that nobody speaks: "[Šéššïöñš ñüñ]" for "Sessions". Every letter is one beyond ASCII, so that a
/// word that was not translated shows; longer by a third to a half, as German or Finnish is; in brackets, so that what is put together of
/// pieces shows. Placeholders, shortcut marks, ends of lines and full stops keep their places. The GUI thread only.
class PseudoLanguage final : public QTranslator
{
public:
    bool isEmpty() const override { return false; }
    QString translate(const char *context, const char *source, const char *disambiguation, int n) const override;

private:
    mutable QHash<QByteArray, QString> m_known;
};

} // namespace warder::test
