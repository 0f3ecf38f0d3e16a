#include "core/mail/MailLanguages.h"
#include "core/mail/MailPolicy.h"
#include "core/mail/MailTemplates.h"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;

namespace {

const TimePoint now = fromMilliseconds(1'795'902'000'000);

Settings settingsOf(const QStringList &lines) { return Settings::load(readCommandLine(lines)).value(); }

MailPolicy policy(const QString &name = u"Acme & Söhne"_s)
{
    return MailPolicy::from(settingsOf({u"mail.from_name="_s + name, u"mail.link_base=https://app.example.com"_s}));
}

MailValues samplesOf(MailKind kind, const QString &language) { return mail_values::samples(kind, policy(), language, now); }

/// What a reader of HTML sees, more or less.
QString seenIn(QString html)
{
    html.remove(QRegularExpression(u"<style>.*</style>|<title>.*</title>"_s, QRegularExpression::DotMatchesEverythingOption));
    html.replace(u"<br>"_s, u" "_s).remove(QRegularExpression(u"<[^>]*>"_s));
    return html.replace(u"&lt;"_s, u"<"_s)
        .replace(u"&gt;"_s, u">"_s)
        .replace(u"&quot;"_s, u"\""_s)
        .replace(u"&amp;"_s, u"&"_s)
        .simplified();
}

} // namespace

/// What recipients read, in every language, and what becomes of templates of an operator's own.
class TestMailTemplates : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void builtIn_hasNoFaults_data();
    void builtIn_hasNoFaults();
    void everyMail_saysAllItKnows_data();
    void everyMail_saysAllItKnows();
    void everyMail_saysSomethingOfNobody_data();
    void everyMail_saysSomethingOfNobody();
    void html_saysWhatTheTextSays_data();
    void html_saysWhatTheTextSays();
    void html_asksNobodyForAnything_data();
    void html_asksNobodyForAnything();
    void languages_differ();
    void link_isAButtonAndAText();
    void values_cannotWriteMarkup_data();
    void values_cannotWriteMarkup();
    void names_thatLookLikeLinks_areLeftOut_data();
    void names_thatLookLikeLinks_areLeftOut();
    void devices_thatLookLikeLinks_areLeftOut_data();
    void devices_thatLookLikeLinks_areLeftOut();
    void signInLink_isForWhoAskedForIt();
    void lifetimes_areTold_data();
    void lifetimes_areTold();
    void times_areTold_data();
    void times_areTold();
    void ownTemplates_goBeforeTheBuiltIn();
    void ownHtml_standsInTheShell();
    void faults_areToldAndTheBuiltInIsUsed_data();
    void faults_areToldAndTheBuiltInIsUsed();
    void folder_thatIsNone_isNoFault();

private:
    void everyKindAndLanguage();
    void write(const QString &file, const QByteArray &text) const;
    MailTemplates own() const { return MailTemplates(m_folder->path()); }

    std::unique_ptr<QTemporaryDir> m_folder;
    const MailTemplates m_builtIn;
};

void TestMailTemplates::everyKindAndLanguage()
{
    QTest::addColumn<MailKind>("kind");
    QTest::addColumn<QString>("language");
    for (const QString &language : mail_languages::all()) {
        for (qsizetype kind = 0; kind < qsizetype(namesOf<MailKind>.size()); ++kind)
            QTest::addRow("%s, %s", qPrintable(nameOf(MailKind(kind))), qPrintable(language)) << MailKind(kind) << language;
    }
}

void TestMailTemplates::write(const QString &file, const QByteArray &text) const
{
    QVERIFY(QDir().mkpath(QFileInfo(m_folder->filePath(file)).path()));
    QFile to(m_folder->filePath(file));
    QVERIFY(to.open(QIODevice::WriteOnly));
    QCOMPARE(to.write(text), text.size());
}

void TestMailTemplates::builtIn_hasNoFaults_data()
{
    QTest::addColumn<QString>("file");
    const QDir root(u":/warder/mails"_s);
    QTest::newRow("layout.html") << u"layout.html"_s;
    for (const QString &language : root.entryList(QDir::Dirs)) {
        for (const QString &file : QDir(root.filePath(language)).entryList({u"*.txt"_s}))
            QTest::newRow(qPrintable(language + u'/' + file)) << language + u'/' + file;
    }
}

void TestMailTemplates::builtIn_hasNoFaults()
{
    QFETCH(const QString, file);
    QFile source(u":/warder/mails/"_s + file);
    QVERIFY(source.open(QIODevice::ReadOnly));
    QCOMPARE(MailTemplates::faultsOf(file, QString::fromUtf8(source.readAll())), QStringList());
}

void TestMailTemplates::everyMail_saysAllItKnows_data() { everyKindAndLanguage(); }

void TestMailTemplates::everyMail_saysAllItKnows()
{
    QFETCH(const MailKind, kind);
    QFETCH(const QString, language);
    const MailValues values = samplesOf(kind, language);
    const RenderedMail mail = m_builtIn.render(kind, language, values);
    QVERIFY(!mail.subject.isEmpty() && !mail.subject.contains(u'\n'));
    QVERIFY2(mail.text.size() > 60 && mail.html.size() > 1500, qPrintable(mail.text));
    QVERIFY(mail.html.toUtf8().size() < 16 * 1024);
    for (auto value = values.begin(); value != values.end(); ++value) {
        const bool isSaid =
            value.key() == "app"_L1 ? mail.text.contains(*value) || mail.subject.contains(*value) : mail.text.contains(*value);
        QVERIFY2(isSaid, qPrintable(u"{{%1}}: %2"_s.arg(value.key(), mail.text)));
    }
    for (const QString &text : {mail.subject, mail.text, mail.html}) {
        QVERIFY2(!text.contains("{{"_L1) && !text.contains("}}"_L1) && !text.contains("%1"_L1), qPrintable(text));
        QVERIFY2(!text.contains("&amp;amp;"_L1) && !text.contains("\n\n\n"_L1), qPrintable(text));
    }
    QVERIFY(!mail.text.contains("&amp;"_L1) && mail.html.contains(u"Acme &amp; Söhne"_s));
}

void TestMailTemplates::everyMail_saysSomethingOfNobody_data() { everyKindAndLanguage(); }

/// Nothing but what a mail cannot be without: no gap says that something is missing.
void TestMailTemplates::everyMail_saysSomethingOfNobody()
{
    QFETCH(const MailKind, kind);
    QFETCH(const QString, language);
    MailValues values {{u"app"_s, u"Acme"_s}, {u"email"_s, u"ann@example.com"_s}};
    for (const QString &name : MailVariables::of(kind).needed)
        values.insert(name, samplesOf(kind, language).value(name));
    if (MailVariables::of(kind).knows(u"time"_s))
        values.insert(u"time"_s, u"noon"_s);
    if (MailVariables::of(kind).needed.contains(u"link"_s))
        values.insert(u"lifetime"_s, mail_values::lifetime(Seconds {600}, language));
    const RenderedMail mail = m_builtIn.render(kind, language, values);
    QVERIFY2(!mail.text.contains("  "_L1) && !mail.text.contains("()"_L1) && !mail.text.contains(u"（）"_s), qPrintable(mail.text));
    static const QRegularExpression dangling(u"(^|\\s)[.,;、。，]|[(（]\\s*[)）]"_s);
    QVERIFY2(!dangling.match(mail.text).hasMatch(), qPrintable(mail.text));
}

void TestMailTemplates::html_saysWhatTheTextSays_data() { everyKindAndLanguage(); }

void TestMailTemplates::html_saysWhatTheTextSays()
{
    QFETCH(const MailKind, kind);
    QFETCH(const QString, language);
    const RenderedMail mail = m_builtIn.render(kind, language, samplesOf(kind, language));
    const QString seen = seenIn(mail.html);
    QVERIFY2(seen.contains(mail.subject), qPrintable(seen));
    for (QString line : mail.text.split(u'\n', Qt::SkipEmptyParts)) {
        while (line.endsWith(u':') || line.endsWith(u'：') || line.endsWith(u' '))
            line.chop(1);
        QVERIFY2(line.startsWith("--"_L1) || seen.contains(line.simplified()), qPrintable(line + u'\n' + seen));
    }
}

void TestMailTemplates::html_asksNobodyForAnything_data() { everyKindAndLanguage(); }

/// A picture, a style sheet or a script from elsewhere would tell its server who reads what when.
void TestMailTemplates::html_asksNobodyForAnything()
{
    QFETCH(const MailKind, kind);
    QFETCH(const QString, language);
    const QString html = m_builtIn.render(kind, language, samplesOf(kind, language)).html;
    static const QRegularExpression remote(u"<(img|script|link|iframe|video|audio|object|embed|form|input)|url\\(|@import|src="_s,
                                           QRegularExpression::CaseInsensitiveOption);
    QVERIFY(!remote.match(html).hasMatch());
    static const QRegularExpression address(u"href=\"([^\"]*)\""_s);
    for (const auto &match : address.globalMatch(html))
        QVERIFY(match.captured(1).startsWith("https://app.example.com/"_L1));
    QVERIFY(html.contains(u"<html lang=\"%1\">"_s.arg(language)) && html.contains("prefers-color-scheme: dark"_L1));
    QVERIFY(html.contains("width=device-width"_L1));
}

/// A text that was forgotten would be another language's.
void TestMailTemplates::languages_differ()
{
    for (qsizetype i = 0; i < qsizetype(namesOf<MailKind>.size()); ++i) {
        QSet<QString> subjects;
        QSet<QString> texts;
        for (const QString &language : mail_languages::all()) {
            const RenderedMail mail = m_builtIn.render(MailKind(i), language, samplesOf(MailKind(i), language));
            subjects += mail.subject;
            texts += mail.text;
        }
        QCOMPARE(subjects.size(), mail_languages::all().size());
        QCOMPARE(texts.size(), mail_languages::all().size());
    }
}

void TestMailTemplates::link_isAButtonAndAText()
{
    const RenderedMail mail = m_builtIn.render(MailKind::SignInLink, u"en"_s, samplesOf(MailKind::SignInLink, u"en"_s));
    const QString link = u"https://app.example.com/login/link?token=a-secret-that-opens-nothing-0123456789abcdef"_s;
    QVERIFY2(mail.text.contains(u"\nSign in:\n%1\n"_s.arg(link)), qPrintable(mail.text));
    QVERIFY2(mail.text.contains("\n\n123456\n\n"_L1), qPrintable(mail.text)); // on a line of its own
    QVERIFY(mail.html.contains(u"<a class=\"button\" href=\"%1\">Sign in</a>"_s.arg(link)));
    QVERIFY(mail.html.contains(u">%1</a>"_s.arg(link)));
    QVERIFY(mail.html.contains("<p class=\"code\">123456</p>"_L1));
    QVERIFY(mail.text.contains("10 minutes"_L1));
}

void TestMailTemplates::values_cannotWriteMarkup_data()
{
    QTest::addColumn<QString>("evil");
    QTest::newRow("markup") << u"<b onclick=\"x\">'&"_s;
    QTest::newRow("a tag") << u"{{link}} {{{body}}}"_s;
    QTest::newRow("a paragraph") << u"a\n\nb\r\n\r\nc"_s;
    QTest::newRow("text that turns around") << u"a\u202eb\u2066c"_s;
}

void TestMailTemplates::values_cannotWriteMarkup()
{
    QFETCH(const QString, evil);
    const Mail mail {.kind = MailKind::NewDevice,
                     .to = u"ann@example.com"_s,
                     .token = "secret",
                     .values = {{u"device"_s, evil}, {u"address"_s, evil}, {u"name"_s, evil}, {u"app"_s, u"Other"_s}, {u"link"_s, evil}}};
    const MailValues values = mail_values::of(mail, policy(), u"en"_s, now);
    QCOMPARE(values.value(u"link"_s), u"https://app.example.com/not-me?token=secret"_s);
    QCOMPARE(values.value(u"app"_s), u"Acme & Söhne"_s);
    const RenderedMail rendered = m_builtIn.render(mail.kind, u"en"_s, values);
    QVERIFY(!rendered.html.contains("<b "_L1) && !rendered.text.contains(u'\u202e') && !rendered.text.contains(u'\u2066'));
    QCOMPARE(rendered.text.count("https://"_L1), 1); // a value is not looked at again
    QVERIFY2(rendered.text.contains(u"\nAddress: "_s) && !rendered.text.contains("\nb"_L1) && !rendered.text.contains("\nc"_L1),
             qPrintable(rendered.text));
}

void TestMailTemplates::names_thatLookLikeLinks_areLeftOut_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("said");
    QTest::newRow("a name") << u"Ann"_s << true;
    QTest::newRow("initials") << u"J. R. R. Tolkien"_s << true;
    QTest::newRow("letters beyond ASCII") << u"Zoë Größe"_s << true;
    QTest::newRow("joined letters") << u"نام‌خانوادگی"_s << true;
    QTest::newRow("a URL") << u"win at https://evil.example"_s << false;
    QTest::newRow("a host") << u"You have won! evil.example"_s << false;
    QTest::newRow("a host in other letters") << u"приз.рф"_s << false;
    QTest::newRow("an address") << u"write to a@b"_s << false;
    QTest::newRow("www") << u"see www evil"_s << false;
}

void TestMailTemplates::names_thatLookLikeLinks_areLeftOut()
{
    QFETCH(const QString, name);
    const Mail mail {.kind = MailKind::VerifyEmail, .to = u"ann@example.com"_s, .token = "t", .values = {{u"name"_s, name}}};
    QTEST(mail_values::of(mail, policy(), u"en"_s, now).contains(u"name"_s), "said");
}

/// Of a program that nobody knows it is what the program says.
void TestMailTemplates::devices_thatLookLikeLinks_areLeftOut_data()
{
    QTest::addColumn<QString>("device");
    QTest::addColumn<bool>("said");
    QTest::newRow("a browser") << u"Firefox, Linux"_s << true;
    QTest::newRow("our own word") << u"Next.js"_s << true;
    QTest::newRow("our own words") << u"Node.js, Windows"_s << true;
    QTest::newRow("an unknown program") << u"Lynx of Ann"_s << true;
    QTest::newRow("a URL") << u"Confirm at https://evil.example"_s << false;
    QTest::newRow("a host") << u"evil.example"_s << false;
    QTest::newRow("a host behind our own word") << u"Next.js.evil.example"_s << false;
}

void TestMailTemplates::devices_thatLookLikeLinks_areLeftOut()
{
    QFETCH(const QString, device);
    const Mail mail {.kind = MailKind::NewDevice, .to = u"ann@example.com"_s, .token = "t", .values = {{u"device"_s, device}}};
    QTEST(mail_values::of(mail, policy(), u"en"_s, now).contains(u"device"_s), "said");
}

/// Somebody may pass on a link of their own, to have others work in their account.
void TestMailTemplates::signInLink_isForWhoAskedForIt()
{
    const QString text = m_builtIn.render(MailKind::SignInLink, u"en"_s, samplesOf(MailKind::SignInLink, u"en"_s)).text;
    QVERIFY2(text.simplified().contains("the account of whoever asked for it: go on only if that was you"_L1), qPrintable(text));
}

void TestMailTemplates::lifetimes_areTold_data()
{
    QTest::addColumn<Milliseconds>("left");
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("said");
    using namespace std::chrono_literals;
    const auto row = [](Milliseconds left, const QString &language, const QString &said) {
        QTest::addRow("%lld, %s", qlonglong(left.count()), qPrintable(language)) << left << language << said;
    };
    row(10min, u"en"_s, u"10 minutes"_s);
    row(10min - 3s, u"en"_s, u"10 minutes"_s);
    row(1min, u"en"_s, u"1 minute"_s);
    row(-5min, u"en"_s, u"1 minute"_s);
    row(57min, u"en"_s, u"57 minutes"_s);
    row(1h, u"en"_s, u"1 hour"_s);
    row(1h - 40s, u"de"_s, u"1 Stunde"_s);
    row(119min, u"de"_s, u"2 Stunden"_s);
    row(115min, u"de"_s, u"1 Stunde"_s); // never more than it is
    row(24h, u"fr"_s, u"24 heures"_s);
    row(24h * 7, u"es"_s, u"7 días"_s);
    row(24h * 7 - 30s, u"pt-BR"_s, u"7 dias"_s);
    row(1h, u"ja"_s, u"1 時間"_s);
    row(10min, u"zh-CN"_s, u"10 分钟"_s);
}

void TestMailTemplates::lifetimes_areTold()
{
    QFETCH(const Milliseconds, left);
    QFETCH(const QString, language);
    QTEST(mail_values::lifetime(left, language), "said");
}

void TestMailTemplates::times_areTold_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("said");
    QTest::newRow("en") << u"en"_s << u"November 28, 2026, 21:40 UTC"_s;
    QTest::newRow("de") << u"de"_s << u"28. November 2026, 21:40 UTC"_s;
    QTest::newRow("es") << u"es"_s << u"28 de noviembre de 2026, 21:40 UTC"_s;
    QTest::newRow("fr") << u"fr"_s << u"28 novembre 2026, 21:40 UTC"_s;
    QTest::newRow("pt-BR") << u"pt-BR"_s << u"28 de novembro de 2026, 21:40 UTC"_s;
    QTest::newRow("ja") << u"ja"_s << u"2026年11月28日 21:40（UTC）"_s;
    QTest::newRow("zh-CN") << u"zh-CN"_s << u"2026年11月28日 21:40（UTC）"_s;
}

void TestMailTemplates::times_areTold()
{
    QFETCH(const QString, language);
    const Mail mail {.kind = MailKind::Test, .values = {{u"time"_s, u"2026-11-28T21:40:00.000Z"_s}}};
    QTEST(mail_values::of(mail, policy(), language, now).value(u"time"_s), "said");
}

void TestMailTemplates::ownTemplates_goBeforeTheBuiltIn()
{
    write(u"de/verify_email.txt"_s, "Subject: Moin {{name}}\r\n\r\nHier entlang:\r\n{{link}}\r\n");
    write(u"de/frame.txt"_s, "{{body}}\n\n--\nTschüss\n");
    const MailValues values = samplesOf(MailKind::VerifyEmail, u"de"_s);
    const RenderedMail mail = own().render(MailKind::VerifyEmail, u"de"_s, values);
    QCOMPARE(mail.subject, u"Moin Ann"_s);
    QCOMPARE(mail.text, u"Hier entlang:\n%1\n\n-- \nTschüss\n"_s.arg(values.value(u"link"_s)));
    QVERIFY(mail.html.contains(">Hier entlang</a>"_L1) && mail.html.contains(u"Tschüss"_s));
    QCOMPARE(own().faults(), QStringList());
    QCOMPARE(own().render(MailKind::VerifyEmail, u"en"_s, values), m_builtIn.render(MailKind::VerifyEmail, u"en"_s, values));
}

void TestMailTemplates::ownHtml_standsInTheShell()
{
    write(u"en/test.html"_s, "<table><tr><td>{{name}} of {{app}}</td></tr></table>");
    MailValues values = samplesOf(MailKind::Test, u"en"_s);
    values.insert(u"name"_s, u"<Ann>"_s);
    const RenderedMail mail = own().render(MailKind::Test, u"en"_s, values);
    QVERIFY2(mail.html.contains("<table><tr><td>&lt;Ann&gt; of Acme &amp; S"_L1), qPrintable(mail.html));
    QVERIFY(mail.html.startsWith("<!DOCTYPE html>"_L1));
    QCOMPARE(mail.text, m_builtIn.render(MailKind::Test, u"en"_s, values).text);
}

void TestMailTemplates::faults_areToldAndTheBuiltInIsUsed_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("fault");
    const auto row = [](const char *name, const QString &file, const QByteArray &text, const QString &fault) {
        QTest::newRow(name) << file << text << file + fault;
    };
    const QString verify = u"en/verify_email.txt"_s;
    const QByteArray head = "Subject: x\n\n";
    row("an unknown variable", verify, head + "{{link}} {{naem}}", u":3: {{naem}} is no variable of this mail"_s);
    row("one of another mail", verify, head + "{{link}}\n{{code}}", u":4: {{code}} is no variable of this mail"_s);
    row("no link", verify, head + "hello", u": {{link}} is missing"_s);
    row("an open section", verify, head + "{{#name}}{{link}}", u":3: the section {{#name}} is not closed"_s);
    row("a section of another name", verify, head + "{{#name}}{{link}}{{/app}}", u":3: {{/app}} closes no open section"_s);
    row("an open tag", verify, head + "{{link}}\n{{name", u":4: a tag is not closed"_s);
    row("a partial", verify, head + "{{link}}{{>footer}}", u":3: {{>footer}}: templates do not include others"_s);
    row("other brackets", verify, head + "{{link}}{{=<% %>=}}", u":3: {{=…=}}: the brackets of tags stay as they are"_s);
    row("no subject", verify, "{{link}}", u":1: does not begin with a line \"Subject: …\" and an empty one"_s);
    row("no empty line", verify, "Subject: x\n{{link}}", u":1: does not begin with a line \"Subject: …\" and an empty one"_s);
    row("too deep", verify, head + QByteArray("{{#name}}").repeated(21) + "{{link}}" + QByteArray("{{/name}}").repeated(21),
        u":3: more than 20 sections in each other"_s);
    row("no text", verify, "Subject: \xff\n\n{{link}}", u": empty, larger than 64 KiB, no regular file, or not UTF-8"_s);
    row("nothing", verify, {}, u": empty, larger than 64 KiB, no regular file, or not UTF-8"_s);
    row("too much", verify, head + "{{link}}" + QByteArray(70'000, 'x'), u": empty, larger than 64 KiB, no regular file, or not UTF-8"_s);
    row("raw in HTML", u"en/verify_email.html"_s, "<p>{{{name}}}</p>{{link}}",
        u":1: {{{name}}} would put what strangers typed into the page: write {{name}}"_s);
    row("raw in HTML, otherwise", u"en/verify_email.html"_s, "<p>{{&name}}</p>{{link}}",
        u":1: {{{name}}} would put what strangers typed into the page: write {{name}}"_s);
    row("a shell without a body", u"layout.html"_s, "<html></html>", u": {{body}} is missing"_s);
    row("a shell that escapes", u"layout.html"_s, "<html>{{body}}</html>", u":1: {{body}} is HTML already: write {{{body}}}"_s);
    row("an unknown kind", u"en/verify.txt"_s, head + "{{link}}", u": no template has this name"_s);
    row("an unknown language", u"it/verify_email.txt"_s, head + "{{link}}", u": no template has this name"_s);
    row("another ending", u"en/verify_email.txt~"_s, head + "{{link}}", u": no template has this name"_s);
}

void TestMailTemplates::faults_areToldAndTheBuiltInIsUsed()
{
    QFETCH(const QString, file);
    QFETCH(const QByteArray, text);
    QFETCH(const QString, fault);
    write(file, text);
    QVERIFY2(own().faults().contains(fault), qPrintable(own().faults().join(u'\n')));
    const MailValues values = samplesOf(MailKind::VerifyEmail, u"en"_s);
    QCOMPARE(own().render(MailKind::VerifyEmail, u"en"_s, values), m_builtIn.render(MailKind::VerifyEmail, u"en"_s, values));
}

void TestMailTemplates::folder_thatIsNone_isNoFault()
{
    QCOMPARE(MailTemplates(u"/nowhere/at/all"_s).faults(), QStringList());
    QCOMPARE(m_builtIn.faults(), QStringList());
}

QTEST_GUILESS_MAIN(TestMailTemplates)
#include "TestMailTemplates.moc"
