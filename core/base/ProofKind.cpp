#include "core/base/ProofKind.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

struct Meaning
{
    QLatin1StringView name; ///< Of a method, or of RFC 8176 §2.
    ProofKind kind;
};

constexpr std::array meanings {
    Meaning {"password"_L1, ProofKind::Password}, Meaning {"pwd"_L1, ProofKind::Password},   Meaning {"otp"_L1, ProofKind::Code},
    Meaning {"passkey"_L1, ProofKind::Passkey},   Meaning {"pop"_L1, ProofKind::Passkey},    Meaning {"hwk"_L1, ProofKind::Passkey},
    Meaning {"swk"_L1, ProofKind::Passkey},       Meaning {"email"_L1, ProofKind::MailLink},
};

/// They say how well, not by what.
constexpr std::array remarks {"user"_L1, "mfa"_L1};

/// By which a session says that its method is a provider.
constexpr auto federated = "fed"_L1;

ShownProof meaningOf(const QString &name)
{
    const auto known = std::ranges::find(meanings, name, &Meaning::name);
    return known == meanings.end() ? ShownProof {.name = name} : ShownProof {.kind = known->kind};
}

/// Behind another one, unless it is a name of its own.
QString wordOf(const ShownProof &proof)
{
    switch (proof.kind) {
    case ProofKind::Password: return u"password"_s;
    case ProofKind::Code:     return u"code"_s;
    case ProofKind::Passkey:  return u"passkey"_s;
    case ProofKind::MailLink: return u"e-mail"_s;
    case ProofKind::Provider:
    case ProofKind::Other:    return proof.name;
    }
    Q_UNREACHABLE_RETURN({});
}

QString capitalized(const ShownProof &proof)
{
    const QString word = wordOf(proof);
    return word == proof.name ? word : word.first(1).toUpper() + word.sliced(1);
}

} // namespace

QList<ShownProof> proofsOf(const QString &method, const QStringList &amr)
{
    const bool isFederated = amr.contains(federated);
    QList<ShownProof> proofs {isFederated ? ShownProof {.kind = ProofKind::Provider, .name = method} : meaningOf(method)};
    for (const QString &one : amr) {
        const ShownProof proof = meaningOf(one);
        if (!one.isEmpty() && one != federated && !std::ranges::contains(remarks, one) && !proofs.contains(proof))
            proofs += proof;
    }
    return proofs;
}

QString proofText(const QString &method, const QStringList &amr)
{
    const QList<ShownProof> proofs = proofsOf(method, amr);
    QStringList words {capitalized(proofs.first())};
    for (const ShownProof &proof : proofs.sliced(1))
        words += wordOf(proof);
    return words.join(u" + "_s);
}

} // namespace warder
