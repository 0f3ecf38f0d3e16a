#pragma once

#include "core/console/Console.h"
#include "core/console/orders/Mail.h"
#include "ui/PageContext.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QTextBrowser;

namespace warder {

/// How a kind of mail looks in a language, with made-up values: its subject, its HTML and, beside it, its plain text; and what is wrong
/// with the operator's own templates. Loads nothing that the HTML names, from nowhere. GUI thread.
class MailPreviewDialog final : public QDialog
{
    Q_OBJECT
public:
    /// `mail`: which kinds and languages there are, and the faults of templates.
    MailPreviewDialog(const PageContext &context, const MailOverview &mail, QWidget *parent);

    /// Shows that kind in that language; empty, or one that there is not: the first one, the server's language.
    void look(const QString &kind, const QString &language);

private:
    QWidget *makeChoices(const MailOverview &mail);
    QWidget *makeSides();
    void read();
    void present(const MailPreview &preview);
    void presentNothing(const QString &why);
    void setFault(const QString &fault);

    PageContext m_context;
    QString m_templateFaults; ///< In words; empty: none.
    QComboBox *m_kind;
    QComboBox *m_language;
    QLabel *m_subject;
    QLabel *m_fault;
    QTextBrowser *m_html;
    QPlainTextEdit *m_text;
    Answer<MailPreview> m_asked; ///< The newest question: answers to older ones are dropped.
};

} // namespace warder
