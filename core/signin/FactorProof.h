#pragma once

#include <QJsonObject>
#include <QString>

#include <variant>

namespace warder {

/// Six digits of an authenticator app.
struct TotpProof
{
    QString code;
};

/// One of the codes that stand in for a lost phone.
struct RecoveryProof
{
    QString code;
};

/// What `navigator.credentials.get()` gave, by toJSON().
struct PasskeyProof
{
    QJsonObject credential;
};

/// What somebody shows for a second factor.
using FactorProof = std::variant<TotpProof, RecoveryProof, PasskeyProof>;

struct PasswordProof
{
    QString password;
};

/// What the owner of a session shows to prove that it is still them. A recovery code is worth too much for that.
using StepUpProof = std::variant<PasswordProof, TotpProof, PasskeyProof>;

} // namespace warder
