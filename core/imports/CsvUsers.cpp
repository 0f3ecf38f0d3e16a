#include "core/imports/CsvUsers.h"

#include "core/base/Text.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// Bytes of a record after which nothing that follows is looked for any more.
constexpr qsizetype hopeless = 1024 * 1024;

bool isLineEnd(char c) { return c == '\n' || c == '\r'; }

} // namespace

/// A record that is being read.
struct CsvUsers::Reading
{
    enum class Place { Start, Bare, Quoted, Closed };

    void fail(const QString &what)
    {
        if (problem.isEmpty())
            problem = what;
    }
    void begin()
    {
        cells += QByteArray();
        place = Place::Start;
    }
    void append(char c)
    {
        place = Place::Bare;
        if (problem.isEmpty())
            cells.last() += c;
    }

    QList<QByteArray> cells {QByteArray()};
    QString problem;
    qsizetype size = 0;
    Place place = Place::Start;
};

/// CR LF is one.
void CsvUsers::skipLineEnd(char c)
{
    ++m_line;
    if (c == '\r' && m_bytes.peek() == '\n')
        m_bytes.skip();
}

/// False at the end of the record.
bool CsvUsers::consume(Reading &reading, char c)
{
    using enum Reading::Place;
    if (++reading.size > longestRecord)
        reading.fail(u"the record is longer than %1 KiB (a quotation mark that is never closed?)"_s.arg(longestRecord / 1024));
    if (c == '\0')
        reading.fail(u"there is a NUL byte in it"_s);
    if (reading.place == Quoted)
        consumeQuoted(reading, c);
    else if (isLineEnd(c))
        return skipLineEnd(c), false;
    else if (isSeparator(c))
        reading.begin();
    else if (c == '"' && reading.place == Start)
        reading.place = Quoted;
    else if (reading.place == Closed)
        reading.fail(u"there is text behind a closing quotation mark"_s);
    else if (c == '"')
        reading.fail(u"there is a quotation mark inside a cell that does not begin with one"_s);
    else
        reading.append(c);
    return true;
}

void CsvUsers::consumeQuoted(Reading &reading, char c)
{
    if (c == '"' && m_bytes.peek() != '"') {
        reading.place = Reading::Place::Closed;
        return;
    }
    if (c == '"')
        m_bytes.skip(); // the second of two, which stand for one
    reading.append(c);
    reading.place = Reading::Place::Quoted;
    if (c == '\n' || (c == '\r' && m_bytes.peek() != '\n'))
        ++m_line;
}

/// The first that comes decides.
bool CsvUsers::isSeparator(char c)
{
    if (!m_separator && (c == ',' || c == ';' || c == '\t'))
        m_separator = c;
    return m_separator && c == m_separator;
}

std::optional<CsvUsers::Cells> CsvUsers::nextCells()
{
    while (const auto end = m_bytes.peek()) { // empty lines
        if (!isLineEnd(*end))
            break;
        m_bytes.skip();
        skipLineEnd(*end);
    }
    if (m_isOver || (!m_bytes.peek() && m_bytes.problem().isEmpty()))
        return std::nullopt;
    Cells cells {.line = m_line, .texts = {}, .problem = {}};
    Reading reading;
    while (const auto c = m_bytes.get()) {
        if (!consume(reading, *c))
            break;
        m_isOver = reading.size > hopeless; // no more lines can be told apart, and it may be a file without end
        if (m_isOver)
            break;
        if (!m_bytes.peek() && m_bytes.problem().isEmpty() && reading.place == Reading::Place::Quoted)
            reading.fail(u"a quotation mark is opened and never closed"_s);
    }
    if (!m_bytes.problem().isEmpty()) {
        m_isOver = true;
        reading.fail(m_bytes.problem());
    }
    for (const QByteArray &cell : reading.cells) {
        const auto text = fromUtf8(cell); // a byte order mark would be part of the cell
        if (!text)
            reading.fail(u"it is not UTF-8"_s);
        cells.texts += text.value_or(QString());
    }
    cells.problem = reading.problem;
    return cells;
}

Result<std::unique_ptr<ImportSource>> CsvUsers::open(std::unique_ptr<QIODevice> device)
{
    std::unique_ptr<CsvUsers> users(new CsvUsers(std::move(device)));
    const auto head = users->nextCells();
    if (!head || !head->problem.isEmpty())
        return refused(ErrorCode::InvalidInput, head ? u"line %1: %2"_s.arg(head->line).arg(head->problem) : u"is empty"_s);
    if (!users->m_separator)
        users->m_separator = ',';
    for (const QString &name : head->texts)
        users->m_names += name.trimmed();
    if (QSet<QString>(users->m_names.begin(), users->m_names.end()).size() != users->m_names.size())
        return refused(ErrorCode::InvalidInput, u"line 1: two columns have the same name"_s);
    return users;
}

std::optional<ImportRecord> CsvUsers::next()
{
    const auto cells = nextCells();
    if (!cells)
        return std::nullopt;
    ImportRecord record {.line = cells->line, .values = {}, .problem = cells->problem};
    if (record.problem.isEmpty() && cells->texts.size() != m_names.size())
        record.problem = u"there are %1 cells and %2 names in the first line"_s.arg(cells->texts.size()).arg(m_names.size());
    for (qsizetype i = 0; record.problem.isEmpty() && i < m_names.size(); ++i)
        record.values.insert(m_names[i], cells->texts[i]);
    return record;
}

} // namespace warder
