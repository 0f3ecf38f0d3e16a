#pragma once

#include "core/mail/MailKind.h"
#include "core/mail/MailVariables.h"

namespace warder {

/// What a recipient reads.
struct RenderedMail
{
    QString subject; ///< One line.
    QString text;
    QString html;

    bool operator==(const RenderedMail &) const = default;
};

/// The texts of mails: mustache templates, `<language>/<kind>.txt`, which begin with a line `Subject: …` and an empty one. Around each
/// stands `frame.txt` of the language, greeting and signature (below a line `--`); `facts.txt` is what `{{facts}}` says. HTML is made of
/// the same text, so that nothing is said twice: a paragraph whose last line is the link becomes a button, one that is the code stands out,
/// and `layout.html` is the shell of all.
///
/// A folder of the operator's may hold files of the same names, and `<language>/<kind>.html` for what shall stand in the shell in place of
/// the paragraphs. They are read for each mail, so that a change acts at once. One with a fault is not used: the built-in one is, and
/// faults() tells. Any thread; holds no state but the folder's name.
class MailTemplates final
{
public:
    static constexpr qsizetype longestFile = 64 * 1024;

    /// `folder`: empty, or not there: built-in ones only.
    explicit MailTemplates(QString folder = {}) : m_folder(std::move(folder)) {}

    /// `language`: one of mail_languages::all().
    RenderedMail render(MailKind kind, const QString &language, const MailValues &values) const;

    const QString &folder() const { return m_folder; }

    /// What is wrong with the operator's templates, a line each: "de/verify_email.txt:7: {{naem}} is no variable of this mail". A file
    /// whose name means nothing is told as well. At most 100.
    QStringList faults() const;

    /// What is wrong with one, by its name below the folder; empty: nothing.
    static QStringList faultsOf(const QString &file, QStringView text);

private:
    QString textOfFile(const QString &file) const;
    QString htmlOf(MailKind kind, const QString &language, const RenderedMail &mail, const MailValues &values) const;

    const QString m_folder;
};

} // namespace warder
