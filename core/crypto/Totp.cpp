#include "core/crypto/Totp.h"

#include "core/crypto/Primitives.h"

#include <QUrl>
#include <QtEndian>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestAccount = 120;

/// RFC 4226 §5.3: four bytes of the MAC from where its last half byte says, as a number without its highest bit.
quint32 truncated(QByteArrayView mac) { return qFromBigEndian<quint32>(mac.data() + (mac.back() & 15)) & 0x7fffffff; }

QString encoded(QStringView text) { return QString::fromLatin1(QUrl::toPercentEncoding(text.toString().remove(u':'))); }

} // namespace

SecretBytes Totp::newSecret() { return SecretBytes(randomBytes(secretSize)); }

QString Totp::toBase32(QByteArrayView bytes)
{
    constexpr auto alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"_L1;
    QString text;
    quint32 buffer = 0;
    int bits = 0;
    for (const char byte : bytes) {
        buffer = buffer << 8 | quint8(byte);
        for (bits += 8; bits >= 5; bits -= 5)
            text += alphabet[buffer >> (bits - 5) & 31];
    }
    if (bits > 0)
        text += alphabet[buffer << (5 - bits) & 31];
    return text;
}

qint64 Totp::stepAt(TimePoint time) { return std::chrono::floor<Seconds>(time).time_since_epoch() / period; }

QString Totp::codeAt(QByteArrayView secret, qint64 step, int size)
{
    const quint64 counter = qToBigEndian(quint64(step));
    std::array<char, EVP_MAX_MD_SIZE> mac {};
    unsigned length = 0;
    if (!HMAC(EVP_sha1(), secret.data(), int(secret.size()), reinterpret_cast<const unsigned char *>(&counter), sizeof counter,
              reinterpret_cast<unsigned char *>(mac.data()), &length))
        qFatal("HMAC-SHA-1 is not available");
    qint64 modulus = 1;
    for (int i = 0; i < size; ++i)
        modulus *= 10;
    return QString::number(truncated(QByteArrayView(mac).first(length)) % modulus).rightJustified(size, u'0');
}

QString Totp::tidied(QStringView typed)
{
    QString text;
    for (const QChar character : typed) {
        if (character.isSpace() || character == u'-')
            continue;
        text += character.digitValue() >= 0 ? QChar(u'0' + character.digitValue()) : character;
    }
    return text;
}

std::optional<qint64> Totp::match(QByteArrayView secret, QStringView typed, TimePoint now, qint64 last)
{
    const QByteArray given = tidied(typed).toUtf8();
    std::optional<qint64> found;
    for (qint64 step = stepAt(now) - 1; step <= stepAt(now) + 1; ++step) {
        const bool isRight = equalInConstantTime(given, codeAt(secret, step).toLatin1());
        if (isRight && step > last && !found)
            found = step;
    }
    return found;
}

QString Totp::uriFor(QStringView issuer, QStringView account, QByteArrayView secret)
{
    const QString name = encoded(issuer); // joined and not filled in: it holds percent signs
    return "otpauth://totp/"_L1 + name + "%3A"_L1 + encoded(account.left(longestAccount)) + "?secret="_L1 + toBase32(secret) + "&issuer="_L1
           + name;
}

} // namespace warder
