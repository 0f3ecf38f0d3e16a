#include "ui/widgets/Notice.h"

using namespace Qt::StringLiterals;

namespace warder {

void Notice::say(const QString &text)
{
    m_text = text;
    Q_EMIT done(text);
}

void Notice::sayWritten(const QString &what, const QString &file)
{
    over(u"export"_s);
    //: Said after a list was written to a file; %1 is "3,412 sessions", %2 the file.
    say(tr("Wrote %1 to %2.").arg(what, file));
}

void Notice::sayNotWritten(const QString &file, const QString &why)
{
    //: A file could not be written: its name and the reason.
    put({.id = u"export"_s, .tone = Tone::Bad, .text = tr("%1 could not be saved: %2").arg(file, why)});
}

void Notice::put(const WindowProblem &problem)
{
    m_problems.removeIf([&problem](const WindowProblem &each) { return each.id == problem.id || each.text == problem.text; });
    m_problems.append(problem);
    m_text = problem.text;
    Q_EMIT problemsChanged();
}

void Notice::over(const QString &id)
{
    if (m_problems.removeIf([&id](const WindowProblem &each) { return each.id == id; }) == 0)
        return;
    m_text = m_problems.isEmpty() ? QString() : m_problems.last().text;
    Q_EMIT problemsChanged();
}

void Notice::clear()
{
    m_text.clear();
    m_problems.clear();
    Q_EMIT problemsChanged();
}

} // namespace warder
