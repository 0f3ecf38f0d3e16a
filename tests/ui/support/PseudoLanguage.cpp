#include "tests/ui/support/PseudoLanguage.h"

#include <QRegularExpression>

#include <cstring>

using namespace Qt::StringLiterals;

namespace warder::test {
namespace {

QString accented(const QString &text)
{
    static const QString lower = u"åƀçđéƒğħïĵķļɱñöþɋřšţüṽŵẋýž"_s;
    static const QString upper = u"ÅƁÇĐÉƑĞĦÏĴĶĻṀÑÖÞɊŘŠŢÜṼŴẊÝŽ"_s;
    QString other = text;
    for (QChar &c : other) {
        if (c >= u'a' && c <= u'z')
            c = lower[c.unicode() - u'a'];
        else if (c >= u'A' && c <= u'Z')
            c = upper[c.unicode() - u'A'];
    }
    return other;
}

QString translated(const QString &text)
{
    static const QRegularExpression placeholder(u"%L?(\\d+|n)"_s);
    static const QRegularExpression end(u"[.:?!…”]*$"_s);
    const qsizetype body = end.match(text).capturedStart();
    QString other;
    qsizetype done = 0;
    for (auto each = placeholder.globalMatch(text); each.hasNext();) {
        const auto found = each.next();
        other += accented(text.mid(done, found.capturedStart() - done)) + found.captured();
        done = found.capturedEnd();
    }
    other += accented(text.mid(done, body - done));
    for (qsizetype more = text.size() < 20 ? text.size() / 2 : text.size() / 3; more > 0; more -= 4)
        other += u" ñüñ"_s;
    return u'[' + other + text.mid(body) + u']';
}

} // namespace

/// A window asks for the same words over and over.
QString PseudoLanguage::translate(const char *context, const char *source, const char *, int) const
{
    if (!source || !*source || std::strcmp(source, "QT_LAYOUT_DIRECTION") == 0 || std::strcmp(context, "QShortcut") == 0)
        return {};
    QString &known = m_known[source];
    if (known.isEmpty())
        known = translated(QString::fromUtf8(source));
    return known;
}

} // namespace warder::test
