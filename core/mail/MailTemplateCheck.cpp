#include "core/base/Text.h"
#include "core/mail/MailLanguages.h"
#include "core/mail/MailTemplates.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype deepestSections = 20;
const QString subjectWord = u"Subject:"_s;

/// What a file of templates is for, by its name.
struct TemplateFile
{
    enum class Form { Text, Html, Frame, Facts, Layout, Unknown };

    Form form = Form::Unknown;
    MailKind kind = MailKind::Test;

    bool isHtml() const { return form == Form::Html || form == Form::Layout; }
    bool knows(const QString &variable) const;
    QStringList needed() const;
};

bool TemplateFile::knows(const QString &variable) const
{
    switch (form) {
    case Form::Text:
    case Form::Html:    return MailVariables::of(kind).knows(variable);
    case Form::Frame:   return QStringList({u"app"_s, u"name"_s, u"email"_s, u"body"_s}).contains(variable);
    case Form::Facts:   return QStringList({u"time"_s, u"device"_s, u"address"_s}).contains(variable);
    case Form::Layout:  return QStringList({u"app"_s, u"language"_s, u"subject"_s, u"body"_s, u"footer"_s}).contains(variable);
    case Form::Unknown: break;
    }
    return false;
}

QStringList TemplateFile::needed() const
{
    switch (form) {
    case Form::Text:
    case Form::Html:    return MailVariables::of(kind).needed;
    case Form::Frame:
    case Form::Layout:  return {u"body"_s};
    case Form::Facts:   return {u"time"_s};
    case Form::Unknown: break;
    }
    return {};
}

TemplateFile meantBy(const QString &file)
{
    using Form = TemplateFile::Form;
    if (file == "layout.html"_L1)
        return {.form = Form::Layout};
    const QStringList parts = file.split(u'/');
    if (parts.size() != 2 || !mail_languages::all().contains(parts[0]))
        return {};
    if (parts[1] == "frame.txt"_L1 || parts[1] == "facts.txt"_L1)
        return {.form = parts[1] == "frame.txt"_L1 ? Form::Frame : Form::Facts};
    const auto kind = fromName<MailKind>(parts[1].section(u'.', 0, 0));
    const QString ending = parts[1].section(u'.', 1);
    if (!kind || (ending != "txt"_L1 && ending != "html"_L1))
        return {};
    return {.form = ending == "txt"_L1 ? Form::Text : Form::Html, .kind = *kind};
}

/// Walks the tags of one template and notes what is wrong.
class TemplateReader final
{
public:
    TemplateReader(const TemplateFile &meant, QString file) : m_meant(meant), m_file(std::move(file)) {}

    QStringList read(QStringView text);

private:
    void take(const QString &tag);
    void open(const QString &name);
    void close(const QString &name);
    void use(const QString &name, bool isRaw);
    void complain(const QString &what) { m_faults += u"%1:%2: %3"_s.arg(m_file).arg(m_line).arg(what); }

    const TemplateFile m_meant;
    const QString m_file;
    qsizetype m_line = 1;
    QStringList m_open;
    QStringList m_used;
    QStringList m_faults;
};

void TemplateReader::open(const QString &name)
{
    m_open += name;
    if (!m_meant.knows(name))
        complain(u"{{#%1}} asks for no variable of this mail"_s.arg(shortened(name)));
    if (m_open.size() == deepestSections + 1)
        complain(u"more than %1 sections in each other"_s.arg(deepestSections));
}

void TemplateReader::close(const QString &name)
{
    if (m_open.isEmpty() || m_open.last() != name)
        return complain(u"{{/%1}} closes no open section"_s.arg(shortened(name)));
    m_open.removeLast();
}

void TemplateReader::use(const QString &name, bool isRaw)
{
    const bool isOurs = (m_meant.form == TemplateFile::Form::Layout || m_meant.form == TemplateFile::Form::Frame)
                        && (name == "body"_L1 || name == "footer"_L1);
    m_used += name;
    if (!m_meant.knows(name))
        complain(u"{{%1}} is no variable of this mail"_s.arg(shortened(name)));
    else if (isRaw && m_meant.isHtml() && !isOurs)
        complain(u"{{{%1}}} would put what strangers typed into the page: write {{%1}}"_s.arg(name));
    else if (!isRaw && m_meant.isHtml() && isOurs)
        complain(u"{{%1}} is HTML already: write {{{%1}}}"_s.arg(name));
}

void TemplateReader::take(const QString &tag)
{
    const QChar sign = tag.isEmpty() ? QChar(u' ') : tag.front();
    const QString name = tag.sliced(u"#^/{&!>="_s.contains(sign) ? 1 : 0).trimmed();
    switch (sign.unicode()) {
    case u'#':
    case u'^': return open(name);
    case u'/': return close(name);
    case u'{':
    case u'&': return use(name, true);
    case u'!': return;
    case u'>': return complain(u"{{>%1}}: templates do not include others"_s.arg(shortened(name)));
    case u'=': return complain(u"{{=…=}}: the brackets of tags stay as they are"_s);
    default:   return use(name, false);
    }
}

QStringList TemplateReader::read(QStringView text)
{
    qsizetype at = 0;
    for (qsizetype begin = text.indexOf("{{"_L1); begin >= 0; begin = text.indexOf("{{"_L1, at)) {
        m_line += text.sliced(at, begin - at).count(u'\n');
        const bool isTriple = text.sliced(begin + 2).startsWith(u'{');
        const QLatin1StringView end = isTriple ? "}}}"_L1 : "}}"_L1;
        const qsizetype behind = text.indexOf(end, begin + 2);
        if (behind < 0) {
            complain(u"a tag is not closed"_s);
            break;
        }
        const QStringView tag = text.sliced(begin + 2, behind - begin - 2);
        take(tag.trimmed().toString());
        m_line += tag.count(u'\n');
        at = behind + end.size();
    }
    for (const QString &name : std::as_const(m_open))
        complain(u"the section {{#%1}} is not closed"_s.arg(shortened(name)));
    for (const QString &name : m_meant.needed()) {
        if (!m_used.contains(name))
            m_faults += u"%1: {{%2}} is missing"_s.arg(m_file, name);
    }
    return m_faults;
}

} // namespace

QStringList MailTemplates::faultsOf(const QString &file, QStringView text)
{
    const TemplateFile meant = meantBy(file);
    if (meant.form == TemplateFile::Form::Unknown)
        return {u"%1: no template has this name"_s.arg(shortened(file))};
    if (text.isEmpty() || text.size() > longestFile)
        return {u"%1: empty, larger than 64 KiB, no regular file, or not UTF-8"_s.arg(file)};
    QStringList faults = TemplateReader(meant, file).read(text);
    const bool hasSubject = text.startsWith(subjectWord) && text.indexOf("\n\n"_L1) == text.indexOf(u'\n');
    if (meant.form == TemplateFile::Form::Text && !hasSubject)
        faults += u"%1:1: does not begin with a line \"Subject: …\" and an empty one"_s.arg(file);
    return faults;
}

} // namespace warder
