#pragma once

#include "core/console/Console.h"
#include "core/console/orders/Refusals.h"
#include "ui/PageContext.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace warder {

class CheckLines;
class FormField;
class RefusalsList;
class ResultLine;

/// Says check by check why the server refuses something: a token or the id of a request that somebody pastes, or one of the requests that
/// were refused lately, of which there is a list to pick from. What is pasted is hidden, asked about once, and forgotten with the dialog.
/// GUI thread.
class WhyRefusedDialog final : public QDialog
{
    Q_OBJECT
public:
    WhyRefusedDialog(const PageContext &context, QWidget *parent);
    ~WhyRefusedDialog() override;

private:
    void build();
    void addAnswer(QVBoxLayout &all);
    void wireList();
    QScrollArea *makeChecks();
    void send();
    void present(const RefusalView &view);
    void presentError(const Error &error);

    PageContext m_context;
    FormField *m_given;
    RefusalsList *m_refusals;
    ResultLine *m_verdict;
    QLabel *m_about;
    QScrollArea *m_area = nullptr;
    CheckLines *m_checks = nullptr;
    QPushButton *m_send = nullptr;
    Answer<RefusalView> m_asked;
};

} // namespace warder
