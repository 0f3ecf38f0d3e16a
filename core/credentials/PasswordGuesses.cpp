#include "core/credentials/PasswordGuesses.h"

#include "core/crypto/SecretBytes.h"

#include <QFile>
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

/// In small letters; made by the first who asks, and kept.
const QByteArrayList &commonElsewhere()
{
    static const QByteArrayList words = [] {
        QFile file(u":/warder/passwords/common.txt"_s);
        QByteArrayList read = file.open(QIODevice::ReadOnly) ? file.readAll().split('\n') : QByteArrayList();
        read.removeIf([](const QByteArray &line) { return line.isEmpty() || line.startsWith('#'); });
        return read;
    }();
    return words;
}

/// Null at the end; the words must outlive it.
std::vector<const char *> dictionaryOf(const QByteArrayList &own)
{
    std::vector<const char *> words;
    for (const QByteArrayList *list : {&own, &commonElsewhere()}) {
        for (const QByteArray &word : *list)
            words.push_back(word.constData());
    }
    words.push_back(nullptr);
    return words;
}

double bitsOf(const QString &password, std::vector<const char *> &known)
{
    QByteArray bytes = password.toUtf8();
    QByteArray head = bytes.left(longestLook);
    QByteArray tail = bytes.right(longestLook);
    const auto leaving = qScopeGuard([&] {
        wipe(bytes);
        wipe(head);
        wipe(tail);
    });
    const double bits = ZxcvbnMatch(head.constData(), known.data(), nullptr);
    return bytes.size() > longestLook ? std::max(bits, ZxcvbnMatch(tail.constData(), known.data(), nullptr)) : bits;
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
    const QByteArrayList own = inLowerCase(words);
    std::vector<const char *> known = dictionaryOf(own);
    double bits = bitsOf(password, known);
    QString lower = password.toLower();
    const auto leaving = qScopeGuard([&lower] { wipe(lower); });
    // The library knows no capitals but ASCII's. One costs whoever guesses a bit: here or not.
    const auto capitals = std::ranges::count_if(password, [](QChar c) { return c.unicode() > 0x7f && c.isUpper(); });
    if (capitals > 0)
        bits = std::min(bits, bitsOf(lower, known) + double(capitals));
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
