#pragma once

#include "core/credentials/TotpFactors.h"
#include "core/crypto/Totp.h"
#include "core/sessions/Sessions.h"
#include "core/signin/FactorChanges.h"
#include "tests/support/ApiClient.h"
#include "tests/support/World.h"

#include <QTest>

namespace warder::test {

using namespace Qt::StringLiterals;

/// RFC 4648 §6: what an authenticator app does with a secret that was typed.
inline QByteArray fromBase32(const QString &text)
{
    QByteArray bytes;
    quint32 buffer = 0;
    int bits = 0;
    for (const QChar character : text) {
        buffer = buffer << 5 | quint32(QStringLiteral("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").indexOf(character));
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes += char(buffer >> bits & 255);
        }
    }
    return bytes;
}

/// An authenticator app: shows the code of a time.
class AuthenticatorApp final
{
public:
    AuthenticatorApp() = default;
    explicit AuthenticatorApp(const QString &base32) : m_secret(fromBase32(base32)) {}

    QString codeAt(TimePoint time) const { return Totp::codeAt(m_secret, Totp::stepAt(time)); }
    /// None of those that would be taken at the time.
    QString wrongAt(TimePoint time) const
    {
        QString code = QStringLiteral("000000");
        while (Totp::match(m_secret, code, time, 0))
            code = QString::number(code.toInt() + 1).rightJustified(6, u'0');
        return code;
    }

private:
    QByteArray m_secret;
};

/// What an account has once its owner has set up an app.
struct SetUp
{
    AuthenticatorApp app;
    Id factor;
    QStringList recoveryCodes;
};

/// Sets one up for somebody who is signed in with this session; its first code is spent by then.
inline SetUp setUpTotp(World &world, const TokenPair &pair, const QString &name = QStringLiteral("phone"))
{
    const auto begun = world.factors.beginTotp(pair.user.id, name, pair.session.id, world.clock.now()).value();
    const AuthenticatorApp app(begun.secret);
    const auto codes = world.factors.confirmTotp(pair.user.id, begun.id, app.codeAt(world.clock.now()), pair.session.id, world.clock.now());
    return {.app = app, .factor = begun.id, .recoveryCodes = codes.value()};
}

/// The same over HTTP, for somebody with this pair.
inline SetUp setUpTotpOver(const ApiClient &client, const QJsonValue &accessToken, TimePoint now)
{
    const auto begun = client.post("/me/mfa/totp", {{QStringLiteral("name"), QStringLiteral("phone")}}, {bearer(accessToken)});
    const AuthenticatorApp app(begun["secret"_L1].toString());
    const QJsonObject first {{QStringLiteral("id"), begun["id"_L1]}, {QStringLiteral("code"), app.codeAt(now)}};
    const auto confirmed = client.post("/me/mfa/totp/confirm", first, {bearer(accessToken)});
    return {.app = app,
            .factor = Id::fromString(begun["id"_L1].toString()).value_or(Id {}),
            .recoveryCodes = QVariant(confirmed["recovery_codes"_L1].toArray().toVariantList()).toStringList()};
}

} // namespace warder::test
