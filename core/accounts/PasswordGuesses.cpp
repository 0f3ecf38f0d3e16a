#include "core/accounts/PasswordGuesses.h"

#include "core/crypto/SecretBytes.h"

#include <QScopeGuard>

#include <zxcvbn.h>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestLook = 100; // the library goes on more cheaply behind it, and by fewer rules
constexpr qsizetype mostWords = 32;
constexpr qsizetype longestText = 254;

QByteArrayList inLowerCase(const QStringList &words)
{
    QByteArrayList lower;
    for (const QString &word : words.first(std::min(words.size(), mostWords)))
        lower += word.left(longestLook).toLower().toUtf8();
    return lower;
}

QStringList partsOf(const QString &text)
{
    QStringList parts;
    QString part;
    for (const QChar c : text + u' ') {
        if (c.isLetterOrNumber() || c.isMark() || c.isSurrogate()) {
            part += c;
            continue;
        }
        if (part.size() > 2)
            parts += part;
        part.clear();
    }
    return parts;
}

} // namespace

double guessesOf(const QString &password, const QStringList &words)
{
    const QByteArrayList lower = inLowerCase(words);
    std::vector<const char *> known;
    for (const QByteArray &word : lower)
        known.push_back(word.constData());
    known.push_back(nullptr);
    QByteArray bytes = password.toUtf8();
    QByteArray head = bytes.left(longestLook);
    QByteArray tail = bytes.right(longestLook);
    const auto leaving = qScopeGuard([&] {
        wipe(bytes);
        wipe(head);
        wipe(tail);
    });
    double bits = ZxcvbnMatch(head.constData(), known.data(), nullptr);
    if (bytes.size() > longestLook)
        bits = std::max(bits, ZxcvbnMatch(tail.constData(), known.data(), nullptr));
    return std::exp2(bits);
}

QStringList wordsOf(const QString &email, const QString &name)
{
    QStringList words {email, email.section(u'@', 0, 0), name};
    words += partsOf(email.left(longestText)) + partsOf(name.left(longestText));
    words.removeAll(QString());
    words.removeDuplicates();
    return words;
}

} // namespace warder
