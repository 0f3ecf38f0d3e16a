#include "core/signin/KnownDevices.h"

#include "core/base/Bytes.h"
#include "core/crypto/Primitives.h"
#include "core/sealing/SealedColumns.h"

#include <QtEndian>

#include <algorithm>
#include <utility>

namespace warder {
namespace {

// A mark is a name, the time of the sign-in in milliseconds, and a signature that says whose: in base64url, the marks parted by a dot.
constexpr qsizetype deviceNameSize = 9;
constexpr qsizetype timeSize = sizeof(qint64);
constexpr qsizetype signatureSize = 16;
constexpr qsizetype markSize = deviceNameSize + timeSize + signatureSize;
constexpr qsizetype markLength = markSize / 3 * 4; // 33 bytes need no padding
constexpr qsizetype longestCookie = KnownDevices::most * (markLength + 1);
static_assert(markSize % 3 == 0);

QByteArray timeBytes(TimePoint time)
{
    QByteArray bytes(timeSize, Qt::Uninitialized);
    qToBigEndian(qint64(toMilliseconds(time)), bytes.data());
    return bytes;
}

QByteArray signatureOf(const SecretBytes &key, Id user, const QByteArray &nameAndTime)
{
    return hmacSha256(key.view(), "warder/known-device/v1" + user.toBytes() + nameAndTime).first(signatureSize);
}

QByteArray nameAndTimeOf(const QByteArray &mark) { return mark.first(deviceNameSize + timeSize); }

bool isYoung(const QByteArray &mark, TimePoint now)
{
    const qint64 at = qFromBigEndian<qint64>(mark.constData() + deviceNameSize);
    return at > 0 && toMilliseconds(now) - at < Milliseconds(KnownDevices::lifetime).count(); // a stranger may have written any number
}

bool isSignedFor(const QByteArray &mark, const SecretBytes &key, Id user)
{
    return equalInConstantTime(signatureOf(key, user, nameAndTimeOf(mark)), mark.last(signatureSize));
}

/// Those of the right form that are not too old; newest first, as they stand there. Whose they are only a user's id tells.
QList<QByteArray> marksIn(const QByteArray &cookie, TimePoint now)
{
    QList<QByteArray> marks;
    if (cookie.size() > longestCookie)
        return marks;
    for (const QByteArray &text : cookie.split('.')) {
        const auto mark = fromBase64Url(text);
        if (mark && mark->size() == markSize && isYoung(*mark, now) && marks.size() < KnownDevices::most)
            marks += *mark;
    }
    return marks;
}

} // namespace

KnownDevices::KnownDevices(Database &database, const Sealer &sealer) : m_key(database, sealer, sealed_columns::knownDevicesFact) {}

QByteArray KnownDevices::noted(const QByteArray &before, Id user, TimePoint now) const
{
    const auto key = m_key.value();
    if (!key)
        return {};
    QByteArray name = randomBytes(deviceNameSize);
    QList<QByteArray> marks = marksIn(before, now);
    for (qsizetype i = marks.size() - 1; i >= 0; --i) {
        if (!isSignedFor(marks[i], *key, user))
            continue;
        name = marks[i].first(deviceNameSize); // it stays the same browser, with what it is counted for
        marks.removeAt(i);
    }
    const QByteArray nameAndTime = name + timeBytes(now);
    marks.prepend(nameAndTime + signatureOf(*key, user, nameAndTime));
    QByteArrayList texts;
    for (const QByteArray &mark : std::as_const(marks).first(std::min(marks.size(), most)))
        texts += toBase64Url(mark);
    return texts.join('.');
}

std::optional<QByteArray> KnownDevices::deviceOf(const QByteArray &cookie, Id user, TimePoint now) const
{
    const auto marks = marksIn(cookie, now);
    const auto key = marks.isEmpty() ? Result<SecretBytes>() : m_key.value();
    std::optional<QByteArray> device;
    if (!key)
        return device;
    for (const QByteArray &mark : marks) { // all of them, whoever is asked for
        if (isSignedFor(mark, *key, user) && !user.isNull())
            device = mark.first(deviceNameSize);
    }
    return device;
}

} // namespace warder
