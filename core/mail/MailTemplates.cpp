#include "core/mail/MailTemplates.h"

#include "core/base/Text.h"
#include "core/platform/Files.h"

#include <QDirIterator>

#include <mustache.hpp>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int mostFaults = 100;
const QString signatureMark = u"\n--\n"_s;
const QString signatureLine = u"\n-- \n"_s; // programs fold what follows it (RFC 3676 §4.3)

/// Line ends as we write them; nothing for what is no text.
QString asTemplate(const QByteArray &bytes)
{
    const auto text = bytes.size() <= MailTemplates::longestFile ? fromUtf8(bytes) : std::nullopt;
    QString tidy = text ? QString(*text).remove(u'\r') : QString();
    return tidy.startsWith(QChar::ByteOrderMark) ? tidy.sliced(1) : tidy;
}

QString builtIn(const QString &file)
{
    QFile source(u":/warder/mails/"_s + file);
    return source.open(QIODevice::ReadOnly) ? asTemplate(source.readAll()) : QString();
}

QString operators(const QString &path)
{
    const auto opened = platform::openFile(path);
    if (!opened || opened->status.kind != platform::FileStatus::Kind::Regular)
        return {};
    return asTemplate(opened->file->read(MailTemplates::longestFile + 1));
}

QString nameOfFile(MailKind kind, const QString &language, QLatin1StringView ending)
{
    return u"%1/%2.%3"_s.arg(language, nameOf(kind), ending);
}

enum class Escaping { None, Html };

QString filled(const QString &source, const MailValues &values, Escaping escaping)
{
    kainjow::mustache::mustache tmpl(source.toStdString());
    if (escaping == Escaping::None)
        tmpl.set_custom_escape([](const std::string &text) { return text; });
    kainjow::mustache::data data;
    for (auto each = values.begin(); each != values.end(); ++each)
        data.set(each.key().toStdString(), each.value().toStdString());
    return QString::fromStdString(tmpl.render(data));
}

QString inTag(QLatin1StringView attributes, const QString &text) { return u"<p%1>%2</p>\n"_s.arg(attributes, text); }

QString escapedLines(const QString &text) { return text.toHtmlEscaped().replace(u'\n', u"<br>\n"_s); }

/// The words before a link, without the colon that leads to it.
QString labelOf(const QStringList &lines, const QString &otherwise)
{
    static const QString colons = u":： \u00a0"_s;
    QString label = lines.join(u' ');
    while (!label.isEmpty() && colons.contains(label.back()))
        label.chop(1);
    return label.isEmpty() ? otherwise : label;
}

/// A paragraph of the text as HTML.
QString paragraphOf(const QString &paragraph, const QString &subject, const MailValues &values)
{
    QStringList lines = paragraph.split(u'\n');
    const QString link = values.value(u"link"_s);
    if (!link.isEmpty() && lines.last() == link) {
        lines.removeLast();
        const QString shown = link.toHtmlEscaped();
        return inTag({}, u"<a class=\"button\" href=\"%1\">%2</a>"_s.arg(shown, labelOf(lines, subject).toHtmlEscaped()))
               + inTag(" class=\"link\""_L1, u"<a href=\"%1\">%1</a>"_s.arg(shown));
    }
    const QString code = values.value(u"code"_s);
    return !code.isEmpty() && paragraph == code ? inTag(" class=\"code\""_L1, code.toHtmlEscaped()) : inTag({}, escapedLines(paragraph));
}

/// What is empty because a variable was says nothing.
QString withoutGaps(const QString &text)
{
    QStringList paragraphs;
    for (const QString &paragraph : text.split(u"\n\n"_s)) {
        if (const QString whole = paragraph.trimmed(); !whole.isEmpty())
            paragraphs += whole;
    }
    return paragraphs.join(u"\n\n"_s);
}

} // namespace

/// The operator's if it is there and has no fault, else the built-in one.
QString MailTemplates::textOfFile(const QString &file) const
{
    const QString own = m_folder.isEmpty() ? QString() : operators(m_folder + u'/' + file);
    return !own.isEmpty() && faultsOf(file, own).isEmpty() ? own : builtIn(file);
}

RenderedMail MailTemplates::render(MailKind kind, const QString &language, const MailValues &values) const
{
    MailValues said = values;
    if (values.contains(u"time"_s))
        said.insert(u"facts"_s, filled(textOfFile(language + "/facts.txt"_L1), values, Escaping::None).trimmed());
    const QString source = textOfFile(nameOfFile(kind, language, "txt"_L1));
    said.insert(u"body"_s, withoutGaps(filled(source.section(u'\n', 1), said, Escaping::None)));
    const QString whole = filled(textOfFile(language + "/frame.txt"_L1), said, Escaping::None);
    const qsizetype mark = whole.indexOf(signatureMark);
    const QString subject = source.section(u'\n', 0, 0).section(u':', 1);
    RenderedMail mail {.subject = filled(subject, values, Escaping::None).simplified(),
                       .text = withoutGaps(mark < 0 ? whole : whole.first(mark)),
                       .html = {}};
    const QString signature = mark < 0 ? QString() : whole.sliced(mark + signatureMark.size()).trimmed();
    said.insert(u"footer"_s, signature);
    mail.html = htmlOf(kind, language, mail, said);
    mail.text += (signature.isEmpty() ? QString() : u'\n' + signatureLine + signature) + u'\n';
    return mail;
}

QString MailTemplates::htmlOf(MailKind kind, const QString &language, const RenderedMail &mail, const MailValues &values) const
{
    const QString own = textOfFile(nameOfFile(kind, language, "html"_L1));
    QString body = own.isEmpty() ? QString() : filled(own, values, Escaping::Html);
    for (const QString &paragraph : own.isEmpty() ? mail.text.split(u"\n\n"_s) : QStringList())
        body += paragraphOf(paragraph, mail.subject, values);
    MailValues shell {{u"app"_s, values.value(u"app"_s)}, {u"language"_s, language}, {u"subject"_s, mail.subject}};
    shell.insert(u"body"_s, body);
    shell.insert(u"footer"_s, escapedLines(values.value(u"footer"_s)));
    return filled(textOfFile(u"layout.html"_s), shell, Escaping::Html);
}

QStringList MailTemplates::faults() const
{
    QStringList faults;
    QDirIterator files(m_folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (!m_folder.isEmpty() && files.hasNext() && faults.size() < mostFaults) {
        const QString path = files.next();
        faults += faultsOf(path.sliced(m_folder.size() + 1), operators(path));
    }
    faults.sort();
    return faults.first(std::min<qsizetype>(faults.size(), mostFaults));
}

} // namespace warder
