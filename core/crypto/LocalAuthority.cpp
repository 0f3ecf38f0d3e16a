#include "core/crypto/LocalAuthority.h"

#include "core/crypto/CertificateDraft.h"
#include "core/crypto/Primitives.h"

#include <QHostAddress>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

using Constraints = std::unique_ptr<NAME_CONSTRAINTS, openssl::Release<NAME_CONSTRAINTS_free>>;

constexpr std::chrono::days lifeOfAuthority {3652};
constexpr std::chrono::days lifeOfServer {397};
constexpr std::chrono::hours slowClocks {1}; // a machine that lags behind must not find it "not yet valid"

TimePoint endOfServer(TimePoint now) { return now - slowClocks + lifeOfServer; }

/// What name constraints call it: they always mean the names below as well.
QString withoutStar(const QString &name) { return name.startsWith("*."_L1) ? name.sliced(2) : name; }

QByteArray constraintsOf(const HostNames &names)
{
    QStringList permitted;
    for (const QString &name : names.dns)
        permitted += "permitted;DNS:"_L1 + withoutStar(name);
    for (const QString &address : names.addresses) {
        const bool isV4 = !address.contains(u':');
        permitted += u"permitted;IP:%1/%2"_s.arg(address, isV4 ? u"255.255.255.255"_s : QStringList(8, u"ffff"_s).join(u':'));
    }
    permitted.removeDuplicates();
    return "critical," + permitted.join(u',').toLatin1();
}

QByteArray alternativeNamesOf(const HostNames &names)
{
    QStringList all;
    for (const QString &name : names.dns)
        all += "DNS:"_L1 + name;
    for (const QString &address : names.addresses)
        all += "IP:"_L1 + address;
    return all.join(u',').toLatin1();
}

QByteArrayView bytesOf(const ASN1_STRING *text)
{
    return {reinterpret_cast<const char *>(ASN1_STRING_get0_data(text)), ASN1_STRING_length(text)};
}

/// A constraint of one address: the address, then as many bytes of mask.
QString addressFrom(QByteArrayView bytes)
{
    const auto half = bytes.size() / 2;
    if ((half != 4 && half != 16) || bytes.sliced(half) != QByteArray(half, '\xff'))
        return {};
    if (half == 16)
        return QHostAddress(reinterpret_cast<const quint8 *>(bytes.data())).toString();
    return QHostAddress(qFromBigEndian<quint32>(bytes.data())).toString();
}

/// Nothing where it may sign for anything but single names and addresses.
std::optional<HostNames> namesIn(const X509 *certificate)
{
    int critical = 0;
    const Constraints constraints(static_cast<NAME_CONSTRAINTS *>(X509_get_ext_d2i(certificate, NID_name_constraints, &critical, nullptr)));
    if (!constraints || critical != 1)
        return std::nullopt;
    HostNames names;
    for (int i = 0; i < sk_GENERAL_SUBTREE_num(constraints->permittedSubtrees); ++i) {
        const GENERAL_NAME *base = sk_GENERAL_SUBTREE_value(constraints->permittedSubtrees, i)->base;
        if (base->type == GEN_DNS)
            names.dns += QString::fromLatin1(bytesOf(base->d.dNSName));
        else if (base->type == GEN_IPADD)
            names.addresses += addressFrom(bytesOf(base->d.iPAddress));
        else
            return std::nullopt;
    }
    if (names.dns.isEmpty() || names.addresses.isEmpty() || names.all().contains(QString()))
        return std::nullopt;
    return names;
}

std::optional<TimePoint> endOf(const X509 *certificate)
{
    std::tm end {};
    if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end) != 1)
        return std::nullopt;
    return std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::from_time_t(timegm(&end)));
}

/// Nobody is there to type a passphrase.
int noPassphrase(char *, int, int, void *) { return -1; }

openssl::Certificate certificateFrom(const PemPair &pem)
{
    return openssl::Certificate(PEM_read_bio_X509(openssl::reading(pem.certificate).get(), nullptr, nullptr, nullptr));
}

openssl::Key keyFrom(const PemPair &pem)
{
    return openssl::Key(PEM_read_bio_PrivateKey(openssl::reading(pem.key.view()).get(), nullptr, noPassphrase, nullptr));
}

bool isPermitted(const QString &name, const QStringList &permitted)
{
    const QString plain = withoutStar(name);
    return std::ranges::any_of(permitted, [&plain](const QString &base) { return plain == base || plain.endsWith(u'.' + base); });
}

} // namespace

Result<LocalAuthority> LocalAuthority::create(const HostNames &names, TimePoint now)
{
    // People find it by its name among the authorities they trust, so two of them must differ.
    const QString mark = QString::fromLatin1(randomBytes(4).toHex());
    CertificateDraft draft(u"Warder local authority %1 (%2)"_s.arg(toText(now).first(10), mark), now - slowClocks,
                           now - slowClocks + lifeOfAuthority);
    draft.add(NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    draft.add(NID_key_usage, "critical,keyCertSign,cRLSign");
    draft.add(NID_ext_key_usage, "serverAuth"); // name constraints leave mail and programs unmentioned, hence open
    draft.add(NID_name_constraints, constraintsOf(names));
    draft.add(NID_subject_key_identifier, "hash");
    if (const auto made = draft.sign(); !made)
        return refused(made);
    return fromPem({.certificate = draft.certificatePem(), .key = draft.keyPem()});
}

Result<LocalAuthority> LocalAuthority::fromPem(const PemPair &pem)
{
    const auto certificate = certificateFrom(pem);
    const auto key = keyFrom(pem);
    ERR_clear_error();
    if (!certificate)
        return refused(ErrorCode::CryptoFailure, u"holds no certificate"_s);
    if (!key || X509_check_private_key(certificate.get(), key.get()) != 1) {
        ERR_clear_error();
        return refused(ErrorCode::CryptoFailure, u"has a key that is damaged or belongs to another certificate"_s);
    }
    const auto names = namesIn(certificate.get());
    const auto end = endOf(certificate.get());
    if (!names || !end || X509_check_ca(certificate.get()) != 1)
        return refused(ErrorCode::CryptoFailure, u"is no authority that Warder made"_s);
    return LocalAuthority(pem, *names, *end);
}

bool LocalAuthority::isGoodFor(const HostNames &names, TimePoint now) const
{
    return endOfServer(now) <= m_notAfter
           && std::ranges::all_of(names.dns, [this](const QString &name) { return isPermitted(name, m_names.dns); })
           && std::ranges::all_of(names.addresses, [this](const QString &address) { return m_names.addresses.contains(address); });
}

Result<PemPair> LocalAuthority::issue(const HostNames &names, TimePoint now) const
{
    if (!isGoodFor(names, now))
        return refused(ErrorCode::Conflict, u"the local authority is not made for %1, or ends too soon"_s.arg(names.all().join(u", "_s)));
    const auto authority = certificateFrom(m_pem);
    const auto key = keyFrom(m_pem);
    // Some clients (Qt's among them) still compare the common name, so it is one of the names, never a sentence.
    CertificateDraft draft(u"localhost"_s, now - slowClocks, endOfServer(now));
    draft.add(NID_basic_constraints, "critical,CA:FALSE");
    draft.add(NID_key_usage, "critical,digitalSignature");
    draft.add(NID_ext_key_usage, "serverAuth");
    draft.add(NID_subject_alt_name, alternativeNamesOf(names));
    draft.add(NID_subject_key_identifier, "hash");
    draft.add(NID_authority_key_identifier, "keyid:always", authority.get());
    if (const auto made = draft.sign(authority.get(), key.get()); !made)
        return refused(made);
    return PemPair {.certificate = draft.certificatePem() + m_pem.certificate, .key = draft.keyPem()};
}

} // namespace warder
