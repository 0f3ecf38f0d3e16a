#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace warder {

/// One of the ways in which the owner of a session proved who they are, as people call it.
enum class ProofKind {
    Password,
    Code, ///< Of an authenticator app, or one that was written down for a lost phone.
    Passkey,
    MailLink, ///< A link or six digits that were sent by mail.
    Provider, ///< The account at another server; ShownProof::name says whose.
    Other,    ///< What nobody has a word for here.
};

struct ShownProof
{
    ProofKind kind = ProofKind::Other;
    QString name = {}; ///< Of Provider and Other: what the session has.

    bool operator==(const ShownProof &) const = default;
};

/// What a session's `method` and `amr` (RFC 8176) mean: what opened it first, then what was shown beside it. Anything may come in; of
/// `amr` it passes over what only says more of another one ("user", "mfa"). At least one. Pure; any thread.
QList<ShownProof> proofsOf(const QString &method, const QStringList &amr);

/// The same in English, for the command line: "Password", "Password + code". Pure; any thread.
QString proofText(const QString &method, const QStringList &amr);

} // namespace warder
