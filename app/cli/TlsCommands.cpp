#include "app/cli/Commands.h"

#include "app/LocalTls.h"
#include "core/console/Json.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

struct Outcome
{
    QString name;
    QString sentence;
};

Outcome outcomeOf(LocalTls::Authority authority)
{
    switch (authority) {
    case LocalTls::Authority::New: return {u"new"_s, u"Made a local authority and a certificate for the server."_s};
    case LocalTls::Authority::Kept:
        return {u"kept"_s, u"Made a new certificate for the server. The local authority stays: nobody needs to trust it anew."_s};
    case LocalTls::Authority::Replaced:
        return {u"replaced"_s,
                u"Made a NEW local authority and a certificate for the server: the former one was not made for these names, or "
                "ends too soon. Trust the new one, and remove the former from where it was trusted."_s};
    }
    Q_UNREACHABLE_RETURN({});
}

QList<QStringList> settingsOf(const LocalTls &made)
{
    return {{u"http.tls_certificate"_s, made.certificateFile}, {u"http.tls_key"_s, made.keyFile}};
}

QString dayOf(TimePoint time) { return toText(time).first(10); }

QJsonObject toJson(const LocalTls &made)
{
    QJsonObject settings;
    for (const QStringList &setting : settingsOf(made))
        settings.insert(setting[0], setting[1]);
    return {{u"authority"_s, outcomeOf(made.authority).name},
            {u"authority_file"_s, made.authorityFile},
            {u"authority_until"_s, toText(made.authorityUntil)},
            {u"permitted"_s, QJsonArray::fromStringList(made.permitted.all())},
            {u"names"_s, QJsonArray::fromStringList(made.names.all())},
            {u"certificate_until"_s, toText(made.certificateUntil)},
            {u"settings"_s, settings}};
}

void printWhatWasMade(const LocalTls &made)
{
    printLine(outcomeOf(made.authority).sentence);
    printLine({});
    printFacts({{u"good for"_s, made.names.all().join(u", "_s)},
                {u"certificate"_s, u"%1, until %2"_s.arg(made.certificateFile, dayOf(made.certificateUntil))},
                {u"authority"_s, u"%1, until %2"_s.arg(made.authorityFile, dayOf(made.authorityUntil))}});
}

void printHowToServe(const LocalTls &made, const StartOptions &options)
{
    QString line = u"  warderd serve --data-dir "_s + forShell(options.dataDirectory);
    for (const QStringList &setting : settingsOf(made))
        line += " --set "_L1 + forShell(setting.join(u'='));
    printLine(u"\nServe with it:"_s);
    printLine(line);
    printLine(u"or put into %1:"_s.arg(options.configFile));
    for (const QStringList &setting : settingsOf(made))
        printLine("  "_L1 + setting.join(u" = "_s));
}

void printHowToTrust(const LocalTls &made)
{
    const QString file = forShell(made.authorityFile);
    printLine(u"\nTrust the authority, once on each machine that shall call the server (copy %1 there, never a key):"_s.arg(file));
    printFacts({{u"  Debian, Ubuntu"_s,
                 u"sudo cp %1 /usr/local/share/ca-certificates/warder-local-ca.crt && sudo update-ca-certificates"_s.arg(file)},
                {u"  Fedora"_s, u"sudo cp %1 /etc/pki/ca-trust/source/anchors/warder-local-ca.crt && sudo update-ca-trust"_s.arg(file)},
                {u"  macOS"_s, u"sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain %1"_s.arg(file)},
                {u"  Windows"_s, u"certutil -addstore -f Root local-ca.crt   (as administrator)"_s},
                {u"  Firefox"_s, u"Settings, Privacy & Security, View Certificates, Authorities, Import"_s},
                {u"  Node, Next.js"_s, u"NODE_EXTRA_CA_CERTS=%1 npm run dev"_s.arg(file)}});
    printLine(u"\nIt can vouch for these names (and names below them) only. A further --name needs a new authority, to be trusted anew."_s);
}

} // namespace

int tlsMakeLocal(const QCommandLineParser &parser, const StartOptions &options)
{
    const auto made = makeLocalTls(options.dataDirectory, parser.values(u"name"_s), SystemClock().now());
    if (!made && made.error().code == ErrorCode::InvalidInput)
        return wrongUsage(made.error().detail);
    if (!made)
        return fail(made.error());
    if (parser.isSet(u"json"_s)) {
        printJson(toJson(*made));
        return Done;
    }
    printWhatWasMade(*made);
    printHowToServe(*made, options);
    printHowToTrust(*made);
    return Done;
}

} // namespace warder
