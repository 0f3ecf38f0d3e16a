<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>warder::ActivityPage</name>
    <message numerus="yes">
        <source>the newest %Ln were read, scroll for more</source>
        <extracomment>Below the table: how many of the rows were read.</extracomment>
        <translation>
            <numerusform>the newest one was read, scroll for more</numerusform>
            <numerusform>the newest %Ln were read, scroll for more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <extracomment>Below the table: how many rows are selected.</extracomment>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new ▲</source>
        <extracomment>Button below a list, which leads to its top: so many rows are new there, out of sight.</extracomment>
        <translation>
            <numerusform>One new ▲</numerusform>
            <numerusform>%Ln new ▲</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>More than %Ln new ▲</source>
        <extracomment>The same, where there are more than those.</extracomment>
        <translation>
            <numerusform>More than one new ▲</numerusform>
            <numerusform>More than %Ln new ▲</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new record(s) above: go to the newest</source>
        <extracomment>Name of a button for screen readers; it leads to the top of a list.</extracomment>
        <translation>
            <numerusform>One new record above: go to it</numerusform>
            <numerusform>%Ln new records above: go to the newest</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::ActivityTexts</name>
    <message numerus="yes">
        <source>%Ln record(s)</source>
        <extracomment>A number of records of who did what, which stands alone.</extracomment>
        <translation>
            <numerusform>One record</numerusform>
            <numerusform>%Ln records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %Ln record(s) are as they were written: none was changed, moved or removed.</source>
        <extracomment>What a check of all records has found.</extracomment>
        <translation>
            <numerusform>The one record is as it was written: it was not changed, moved or removed.</numerusform>
            <numerusform>All %Ln records are as they were written: none was changed, moved or removed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There are %Ln more such place(s).</source>
        <extracomment>After some places where the records were changed.</extracomment>
        <translation>
            <numerusform>There is one more such place.</numerusform>
            <numerusform>There are %Ln more such places.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::AlarmTexts</name>
    <message numerus="yes">
        <source>%Ln alarm(s)</source>
        <extracomment>A number of alarms, which stands alone.</extracomment>
        <translation>
            <numerusform>One alarm</numerusform>
            <numerusform>%Ln alarms</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln open alarm(s)</source>
        <extracomment>How many alarms nobody has seen yet; beside the name of the page Alarms.</extracomment>
        <translation>
            <numerusform>One open alarm</numerusform>
            <numerusform>%Ln open alarms</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alarm(s) are open again.</source>
        <extracomment>Said after alarms were taken back to what nobody has seen.</extracomment>
        <translation>
            <numerusform>One alarm is open again.</numerusform>
            <numerusform>%Ln alarms are open again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alarm(s) marked as seen.</source>
        <extracomment>Said after somebody has said that they saw alarms.</extracomment>
        <translation>
            <numerusform>One alarm marked as seen.</numerusform>
            <numerusform>%Ln alarms marked as seen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alarm(s) done.</source>
        <extracomment>Said after somebody has said that they dealt with alarms.</extracomment>
        <translation>
            <numerusform>One alarm done.</numerusform>
            <numerusform>%Ln alarms done.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Open %Ln alarm(s) again?</source>
        <extracomment>A question: alarms that were called done shall be as if nobody had seen them.</extracomment>
        <translation>
            <numerusform>Open one alarm again?</numerusform>
            <numerusform>Open %Ln alarms again?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Marking of %Ln alarm(s) as done</source>
        <extracomment>What was done and can be taken back.</extracomment>
        <translation>
            <numerusform>Marking of one alarm as done</numerusform>
            <numerusform>Marking of %Ln alarms as done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Marking of %Ln alarm(s) as seen</source>
        <extracomment>What was done and can be taken back.</extracomment>
        <translation>
            <numerusform>Marking of one alarm as seen</numerusform>
            <numerusform>Marking of %Ln alarms as seen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::AlarmsPage</name>
    <message numerus="yes">
        <source>%Ln time(s) in all</source>
        <extracomment>How often an alarm came within its episode.</extracomment>
        <translation>
            <numerusform>once in all</numerusform>
            <numerusform>%Ln times in all</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the newest %Ln were read, scroll for more</source>
        <extracomment>Below the table: how many of the rows were read.</extracomment>
        <translation>
            <numerusform>the newest one was read, scroll for more</numerusform>
            <numerusform>the newest %Ln were read, scroll for more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <extracomment>Below the table: how many rows are selected.</extracomment>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::BulkTexts</name>
    <message numerus="yes">
        <source>The %Ln selected user(s)</source>
        <extracomment>Choice in a dialog: whom an order is about.</extracomment>
        <translation>
            <numerusform>The selected user</numerusform>
            <numerusform>The %Ln selected users</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Everybody: all %Ln user(s)</source>
        <extracomment>Choice in a dialog: whom an order is about.</extracomment>
        <translation>
            <numerusform>Everybody: the one user</numerusform>
            <numerusform>Everybody: all %Ln users</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %Ln user(s) that match “%1”</source>
        <extracomment>Choice in a dialog: whom an order is about; %1 is what the list was searched for.</extracomment>
        <translation>
            <numerusform>The one user that matches “%1”</numerusform>
            <numerusform>All %Ln users that match “%1”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signing out %Ln user(s)…</source>
        <extracomment>While sessions of many users are being ended.</extracomment>
        <translation>
            <numerusform>Signing out one user…</numerusform>
            <numerusform>Signing out %Ln users…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changing %Ln user(s)…</source>
        <extracomment>While many accounts are being changed.</extracomment>
        <translation>
            <numerusform>Changing one user…</numerusform>
            <numerusform>Changing %Ln users…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Disabled %Ln user(s).</source>
        <extracomment>Said after accounts were disabled.</extracomment>
        <translation>
            <numerusform>Disabled one user.</numerusform>
            <numerusform>Disabled %Ln users.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Enabled %Ln user(s).</source>
        <extracomment>Said after accounts were enabled.</extracomment>
        <translation>
            <numerusform>Enabled one user.</numerusform>
            <numerusform>Enabled %Ln users.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signed out %Ln user(s).</source>
        <extracomment>Said after sessions were ended.</extracomment>
        <translation>
            <numerusform>Signed out one user.</numerusform>
            <numerusform>Signed out %Ln users.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Gave %Ln user(s) the role %1.</source>
        <extracomment>Said after a role was given; %1 is the role.</extracomment>
        <translation>
            <numerusform>Gave one user the role %1.</numerusform>
            <numerusform>Gave %Ln users the role %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Took the role %1 from %Ln user(s).</source>
        <extracomment>Said after a role was taken away; %1 is the role.</extracomment>
        <translation>
            <numerusform>Took the role %1 from one user.</numerusform>
            <numerusform>Took the role %1 from %Ln users.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln other(s) stay as they were.</source>
        <extracomment>After how many users were changed: the others needed no change, or may not have it.</extracomment>
        <translation>
            <numerusform>One other stays as it was.</numerusform>
            <numerusform>%Ln others stay as they were.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s) are as before.</source>
        <extracomment>Said after a change of several users was taken back.</extracomment>
        <translation>
            <numerusform>One user is as before.</numerusform>
            <numerusform>%Ln users are as before.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Disabling of %Ln user(s)</source>
        <extracomment>What was done and can be taken back.</extracomment>
        <translation>
            <numerusform>Disabling of one user</numerusform>
            <numerusform>Disabling of %Ln users</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Enabling of %Ln user(s)</source>
        <extracomment>What was done and can be taken back.</extracomment>
        <translation>
            <numerusform>Enabling of one user</numerusform>
            <numerusform>Enabling of %Ln users</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Giving of the role %1 to %Ln user(s)</source>
        <extracomment>What was done and can be taken back; %1 is a role.</extracomment>
        <translation>
            <numerusform>Giving of the role %1 to one user</numerusform>
            <numerusform>Giving of the role %1 to %Ln users</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Taking of the role %1 from %Ln user(s)</source>
        <extracomment>What was done and can be taken back; %1 is a role.</extracomment>
        <translation>
            <numerusform>Taking of the role %1 from one user</numerusform>
            <numerusform>Taking of the role %1 from %Ln users</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take back the change of %Ln user(s)?</source>
        <extracomment>Question before a change of several users is taken back.</extracomment>
        <translation>
            <numerusform>Take back the change of one user?</numerusform>
            <numerusform>Take back the change of %Ln users?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopped: %Ln user(s) were not reached, and are as they were.</source>
        <extracomment>After how many users were changed: somebody stopped the order before it came to the others.</extracomment>
        <translation>
            <numerusform>Stopped: one user was not reached, and is as they were.</numerusform>
            <numerusform>Stopped: %Ln users were not reached, and are as they were.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::ConfirmSheet</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <extracomment>Below the first names of many: how many others there are.</extracomment>
        <translation>
            <numerusform>and one more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::FactorTexts</name>
    <message numerus="yes">
        <source>%Ln left</source>
        <extracomment>How many recovery codes were not used yet.</extracomment>
        <translation>
            <numerusform>One left</numerusform>
            <numerusform>%Ln left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln authenticator app(s)</source>
        <extracomment>What a reset takes, in a list.</extracomment>
        <translation>
            <numerusform>one authenticator app</numerusform>
            <numerusform>%Ln authenticator apps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln passkey(s)</source>
        <extracomment>What a reset takes, in a list.</extracomment>
        <translation>
            <numerusform>one passkey</numerusform>
            <numerusform>%Ln passkeys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln recovery code(s)</source>
        <extracomment>What a reset takes, in a list.</extracomment>
        <translation>
            <numerusform>one recovery code</numerusform>
            <numerusform>%Ln recovery codes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln trusted browser(s)</source>
        <extracomment>What a reset takes, in a list: browsers that asked to be remembered.</extracomment>
        <translation>
            <numerusform>one trusted browser</numerusform>
            <numerusform>%Ln trusted browsers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::Fixes</name>
    <message numerus="yes">
        <source>%Ln admin(s) sign in with a password alone. Have them set up a second factor.</source>
        <extracomment>What to fix next.</extracomment>
        <translation>
            <numerusform>One admin signs in with a password alone. Have them set up a second factor.</numerusform>
            <numerusform>%Ln admins sign in with a password alone. Have them set up a second factor.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln admin(s) have no second factor yet. The next sign-in asks to set one up.</source>
        <extracomment>What to fix next: the settings demand a second factor of these.</extracomment>
        <translation>
            <numerusform>One admin has no second factor yet. The next sign-in asks to set one up.</numerusform>
            <numerusform>%Ln admins have no second factor yet. Their next sign-in asks to set one up.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln passkey(s) do not work: no host for passkeys is set.</source>
        <extracomment>What to fix next: there is no host that passkeys could be for.</extracomment>
        <translation>
            <numerusform>One passkey does not work: no host for passkeys is set.</numerusform>
            <numerusform>%Ln passkeys do not work: no host for passkeys is set.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln passkey(s) do not work: they are not for %1. Their owners need new ones.</source>
        <extracomment>What to fix next; %1 is a host&apos;s name: passkeys are for one host, and these are for another.</extracomment>
        <translation>
            <numerusform>One passkey does not work: it is not for %1. Its owner needs a new one.</numerusform>
            <numerusform>%Ln passkeys do not work: they are not for %1. Their owners need new ones.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln password(s) are kept by an old method. The next sign-in of each owner renews it.</source>
        <extracomment>What to fix next: passwords are kept in a form that is easier to guess from.</extracomment>
        <translation>
            <numerusform>One password is kept by an old method. The next sign-in of its owner renews it.</numerusform>
            <numerusform>%Ln passwords are kept by an old method. The next sign-in of each owner renews it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln password(s) or more are kept by an old method. The next sign-in of each owner renews it.</source>
        <extracomment>What to fix next: of very many.</extracomment>
        <translation>
            <numerusform>One password or more is kept by an old method. The next sign-in of its owner renews it.</numerusform>
            <numerusform>%Ln passwords or more are kept by an old method. The next sign-in of each owner renews it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::HashTuningTexts</name>
    <message numerus="yes">
        <source>%Ln pass(es)</source>
        <extracomment>What an Argon2id hash costs, beside its memory: how often it goes over that.</extracomment>
        <translation>
            <numerusform>one pass</numerusform>
            <numerusform>%Ln passes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln lane(s)</source>
        <extracomment>What an Argon2id hash costs: parts of it that can be computed at the same time.</extracomment>
        <translation>
            <numerusform>one lane</numerusform>
            <numerusform>%Ln lanes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln password(s) are hashed at once (%1).</source>
        <extracomment>Below the fields of a tuning; %1 is the name of a setting.</extracomment>
        <translation>
            <numerusform>One password is hashed at a time (%1).</numerusform>
            <numerusform>%Ln passwords are hashed at once (%1).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln password(s) are hashed at once (%1), each with %2 at most.</source>
        <extracomment>Below the fields of a tuning; %1 is the name of a setting, %2 an amount of memory such as &quot;64 MiB&quot;.</extracomment>
        <translation>
            <numerusform>One password is hashed at a time (%1), with %2 at most.</numerusform>
            <numerusform>%Ln passwords are hashed at once (%1), each with %2 at most.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::ImportTexts</name>
    <message numerus="yes">
        <source>%Ln new</source>
        <extracomment>Before an import: how many users of a file the server does not have yet.</extracomment>
        <translation>
            <numerusform>%Ln new</numerusform>
            <numerusform>%Ln new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln there already</source>
        <extracomment>Before an import: how many users of a file the server has already.</extracomment>
        <translation>
            <numerusform>%Ln there already</numerusform>
            <numerusform>%Ln there already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>more than %Ln line(s) with faults</source>
        <extracomment>Before an import: how many lines of a file have something wrong in them, where not all were counted.</extracomment>
        <translation>
            <numerusform>more than one line with faults</numerusform>
            <numerusform>more than %Ln lines with faults</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) with faults</source>
        <extracomment>Before an import: how many lines of a file have something wrong in them.</extracomment>
        <translation>
            <numerusform>one line with faults</numerusform>
            <numerusform>%Ln lines with faults</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln password(s) stand in the file as plain text. They are hashed before anybody is imported, one after the other: a thousand take about a minute. Delete the file afterwards.</source>
        <extracomment>Before an import of users whose passwords stand in the file as they are typed; hashing makes it long.</extracomment>
        <translation>
            <numerusform>One password stands in the file as plain text. It is hashed before anybody is imported. Delete the file afterwards.</numerusform>
            <numerusform>%Ln passwords stand in the file as plain text. They are hashed before anybody is imported, one after the other: a thousand take about a minute. Delete the file afterwards.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more fault(s)</source>
        <extracomment>Below a table of what is wrong in a file: how many rows it lacks.</extracomment>
        <translation>
            <numerusform>and one more fault</numerusform>
            <numerusform>and %Ln more faults</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Import %Ln user(s)</source>
        <extracomment>Button: imports the users of a file.</extracomment>
        <translation>
            <numerusform>&amp;Import one user</numerusform>
            <numerusform>&amp;Import %Ln users</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reading: %Ln line(s)…</source>
        <extracomment>While a file is being read.</extracomment>
        <translation>
            <numerusform>Reading: one line…</numerusform>
            <numerusform>Reading: %Ln lines…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Importing %Ln user(s)…</source>
        <extracomment>While users are being imported.</extracomment>
        <translation>
            <numerusform>Importing one user…</numerusform>
            <numerusform>Importing %Ln users…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Imported %Ln user(s).</source>
        <extracomment>Said after an import.</extracomment>
        <translation>
            <numerusform>Imported one user.</numerusform>
            <numerusform>Imported %Ln users.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln were there already and stay as they are.</source>
        <extracomment>After how many users were imported.</extracomment>
        <translation>
            <numerusform>One was there already and stays as it is.</numerusform>
            <numerusform>%Ln were there already and stay as they are.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::KeyConsumers</name>
    <message numerus="yes">
        <source>%Ln consumer(s) lack a key: wait with the next rotation.</source>
        <extracomment>The answer to: has everybody who verifies tokens the key that signs next?</extracomment>
        <translation>
            <numerusform>One consumer lacks a key: wait with the next rotation.</numerusform>
            <numerusform>%Ln consumers lack a key: wait with the next rotation.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::KeyEffects</name>
    <message numerus="yes">
        <source>%Ln consumer(s) of the public keys lack it: they refuse new tokens until they fetch again.</source>
        <extracomment>A warning before a key is rotated: those who verify tokens have not fetched the next key yet.</extracomment>
        <translation>
            <numerusform>One consumer of the public keys lacks it: it refuses new tokens until it fetches again.</numerusform>
            <numerusform>%Ln consumers of the public keys lack it: they refuse new tokens until they fetch again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Its access tokens stop working at once: %Ln session(s) must refresh. Nobody has to sign in again.</source>
        <extracomment>What follows when a key for access tokens is revoked.</extracomment>
        <translation>
            <numerusform>Its access tokens stop working at once: one session must refresh. Nobody has to sign in again.</numerusform>
            <numerusform>Its access tokens stop working at once: %Ln sessions must refresh. Nobody has to sign in again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Its refresh tokens stop working at once: %Ln session(s) must sign in again, also if this is taken back.</source>
        <extracomment>What follows when a key for refresh tokens is revoked.</extracomment>
        <translation>
            <numerusform>Its refresh tokens stop working at once: one session must sign in again, also if this is taken back.</numerusform>
            <numerusform>Its refresh tokens stop working at once: %Ln sessions must sign in again, also if this is taken back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Its CSRF tokens stop working at once: pages of %Ln session(s) get another one when they are loaded again. Nobody has to sign in again.</source>
        <extracomment>What follows when a key for CSRF tokens is revoked.</extracomment>
        <translation>
            <numerusform>Its CSRF tokens stop working at once: pages of one session get another one when they are loaded again. Nobody has to sign in again.</numerusform>
            <numerusform>Its CSRF tokens stop working at once: pages of %Ln sessions get another one when they are loaded again. Nobody has to sign in again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 is revoked: %Ln session(s) ended.</source>
        <extracomment>Said after a key for refresh tokens was revoked; %1 is its id.</extracomment>
        <translation>
            <numerusform>%1 is revoked: one session ended.</numerusform>
            <numerusform>%1 is revoked: %Ln sessions ended.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 is revoked: %Ln session(s) must refresh.</source>
        <extracomment>Said after a key for access tokens was revoked; %1 is its id.</extracomment>
        <translation>
            <numerusform>%1 is revoked: one session must refresh.</numerusform>
            <numerusform>%1 is revoked: %Ln sessions must refresh.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 is revoked: pages of %Ln session(s) get another CSRF token.</source>
        <extracomment>Said after a key for CSRF tokens was revoked; %1 is its id.</extracomment>
        <translation>
            <numerusform>%1 is revoked: pages of one session get another CSRF token.</numerusform>
            <numerusform>%1 is revoked: pages of %Ln sessions get another CSRF token.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It was %Ln session(s) when you were asked.</source>
        <extracomment>Said after that, if the number is another one than in the question.</extracomment>
        <translation>
            <numerusform>It was one session when you were asked.</numerusform>
            <numerusform>It was %Ln sessions when you were asked.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln session(s) that its revocation ended stay ended.</source>
        <extracomment>Said after the revocation of a key was taken back.</extracomment>
        <translation>
            <numerusform>One session that its revocation ended stays ended.</numerusform>
            <numerusform>%Ln sessions that its revocation ended stay ended.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::KeyTimeline</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <extracomment>Below the name of a lane of bars: how many keys find no room there; the table below the picture has them.</extracomment>
        <translation>
            <numerusform>and one more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::LimitTexts</name>
    <message numerus="yes">
        <source>%Ln account(s)</source>
        <extracomment>A number of accounts, which stands alone.</extracomment>
        <translation>
            <numerusform>one account</numerusform>
            <numerusform>%Ln accounts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Would have told of %Ln request(s)</source>
        <extracomment>What a rule would have done that raises an alarm instead of refusing requests: so many requests.</extracomment>
        <translation>
            <numerusform>Would have told of one request</numerusform>
            <numerusform>Would have told of %Ln requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Would have denied %Ln request(s)</source>
        <extracomment>What a rule would have done: so many requests.</extracomment>
        <translation>
            <numerusform>Would have denied one request</numerusform>
            <numerusform>Would have denied %Ln requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %Ln more</source>
        <extracomment>Which accounts somebody tried; %1 are names, separated by commas.</extracomment>
        <translation>
            <numerusform>%1 and one more</numerusform>
            <numerusform>%1 and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln address(es)</source>
        <extracomment>From how many network addresses requests came.</extracomment>
        <translation>
            <numerusform>one address</numerusform>
            <numerusform>%Ln addresses</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln successful sign-in(s) among them</source>
        <extracomment>How many of the requests had the right password.</extracomment>
        <translation>
            <numerusform>one successful sign-in among them</numerusform>
            <numerusform>%Ln successful sign-ins among them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Unblocked %Ln of the list.</source>
        <extracomment>Said after some of those who are held back were let go: how many.</extracomment>
        <translation>
            <numerusform>Unblocked one of the list.</numerusform>
            <numerusform>Unblocked %Ln of the list.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Recorded in the last %1 (since %2): %Ln request(s) of these routes; denied as the rules are: %3.</source>
        <extracomment>What was recorded that a rule was tried on; %1 is a span of time, %2 when it began, %3 a number of these requests. More may follow.</extracomment>
        <translation>
            <numerusform>Recorded in the last %1 (since %2): one request of these routes; denied as the rules are: %3.</numerusform>
            <numerusform>Recorded in the last %1 (since %2): %Ln requests of these routes; denied as the rules are: %3.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::ListPage</name>
    <message numerus="yes">
        <source>Export %Ln row(s)</source>
        <extracomment>Title of a dialog that asks for a file.</extracomment>
        <translation>
            <numerusform>Export one row</numerusform>
            <numerusform>Export %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them were read, from a place inside the list on</source>
        <extracomment>Below a table of which a part in the middle was read: how many rows.</extracomment>
        <translation>
            <numerusform>one of them was read, from a place inside the list on</numerusform>
            <numerusform>%Ln of them were read, from a place inside the list on</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the first %Ln were read, scroll for more</source>
        <extracomment>Below a table that is not read to its end, and whose number is not known.</extracomment>
        <translation>
            <numerusform>the first one was read, scroll for more</numerusform>
            <numerusform>the first %Ln were read, scroll for more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All that match: %Ln row(s)</source>
        <extracomment>What a file shall have: every row that matches the filter.</extracomment>
        <translation>
            <numerusform>All that match: one row</numerusform>
            <numerusform>All that match: %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Shown: %Ln row(s)</source>
        <extracomment>What a file shall have: the rows that were read so far.</extracomment>
        <translation>
            <numerusform>Shown: one row</numerusform>
            <numerusform>Shown: %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Selected: %Ln row(s)</source>
        <extracomment>What a file shall have: the rows that are selected.</extracomment>
        <translation>
            <numerusform>Selected: one row</numerusform>
            <numerusform>Selected: %Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::MailPage</name>
    <message numerus="yes">
        <source>%Ln waiting</source>
        <extracomment>Below the table: how many mails are not sent yet.</extracomment>
        <translation>
            <numerusform>%Ln waiting</numerusform>
            <numerusform>%Ln waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <extracomment>Below the table: how many mails were refused.</extracomment>
        <translation>
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the newest %Ln were read, scroll for more</source>
        <extracomment>Below the table: how many of the rows were read.</extracomment>
        <translation>
            <numerusform>the newest one was read, scroll for more</numerusform>
            <numerusform>the newest %Ln were read, scroll for more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <extracomment>Below the table: how many rows are selected.</extracomment>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::MailPreviewDialog</name>
    <message numerus="yes">
        <source>There are %Ln more.</source>
        <extracomment>After the first faults of mail templates.</extracomment>
        <translation>
            <numerusform>There is one more.</numerusform>
            <numerusform>There are %Ln more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::MailTexts</name>
    <message numerus="yes">
        <source>Drop %Ln mail(s)?</source>
        <extracomment>Question before mails are dropped.</extracomment>
        <translation>
            <numerusform>Drop one mail?</numerusform>
            <numerusform>Drop %Ln mails?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Dropped %Ln mail(s).</source>
        <extracomment>Said after mails were dropped.</extracomment>
        <translation>
            <numerusform>Dropped one mail.</numerusform>
            <numerusform>Dropped %Ln mails.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln mail(s) are tried now.</source>
        <extracomment>Said after mails were put before the others.</extracomment>
        <translation>
            <numerusform>One mail is tried now.</numerusform>
            <numerusform>%Ln mails are tried now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln mail(s) had moved on meanwhile, and stay as they are.</source>
        <extracomment>Said after an order about mails: these were sent or dropped before it came.</extracomment>
        <translation>
            <numerusform>One mail had moved on meanwhile, and stays as it is.</numerusform>
            <numerusform>%Ln mails had moved on meanwhile, and stay as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln fault(s) in templates of your own: Warder’s are used in their place. “Preview” says more.</source>
        <extracomment>Some mail templates that an operator wrote cannot be used; &quot;Preview&quot; is a button.</extracomment>
        <translation>
            <numerusform>One fault in templates of your own: Warder’s is used in its place. “Preview” says more.</numerusform>
            <numerusform>%Ln faults in templates of your own: Warder’s are used in their place. “Preview” says more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln mail(s)</source>
        <extracomment>A number of mails, which stands alone.</extracomment>
        <translation>
            <numerusform>one mail</numerusform>
            <numerusform>%Ln mails</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::OverviewPage</name>
    <message numerus="yes">
        <source>%Ln failed</source>
        <extracomment>Below the number of sign-ins today.</extracomment>
        <translation>
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::Page</name>
    <message numerus="yes">
        <source>Wrote %Ln row(s) to %1.</source>
        <extracomment>Said after a list was written to a file; %1 is the file.</extracomment>
        <translation>
            <numerusform>Wrote one row to %1.</numerusform>
            <numerusform>Wrote %Ln rows to %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::Pages</name>
    <message numerus="yes">
        <source>%Ln held back now</source>
        <extracomment>How many addresses and accounts limits hold back at this moment; beside the name of the page Limits.</extracomment>
        <translation>
            <numerusform>One held back now</numerusform>
            <numerusform>%Ln held back now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln live now</source>
        <extracomment>How many sessions are live; the tip of the page Sessions in the sidebar.</extracomment>
        <translation>
            <numerusform>%Ln live now</numerusform>
            <numerusform>%Ln live now</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::ProblemStrip</name>
    <message numerus="yes">
        <source>%Ln more…</source>
        <extracomment>Button below the problems: shows those that found no room.</extracomment>
        <translation>
            <numerusform>%Ln more…</numerusform>
            <numerusform>%Ln more…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::Problems</name>
    <message numerus="yes">
        <source>%Ln alarm(s) of this kind. This is the newest.</source>
        <extracomment>Before an alarm that is not the only one of its kind.</extracomment>
        <translation>
            <numerusform>%Ln alarm of this kind. This is the newest.</numerusform>
            <numerusform>%Ln alarms of this kind. This is the newest.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::ProviderTexts</name>
    <message numerus="yes">
        <source>%Ln account(s) have no other way in: their owners are locked out until then.</source>
        <extracomment>What follows when a provider is switched off.</extracomment>
        <translation>
            <numerusform>One account has no other way in: its owner is locked out until then.</numerusform>
            <numerusform>%Ln accounts have no other way in: their owners are locked out until then.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln link(s) of accounts with it go, and only their owners can make them again.</source>
        <extracomment>What follows when a provider is removed.</extracomment>
        <translation>
            <numerusform>One link of an account with it goes, and only its owner can make it again.</numerusform>
            <numerusform>%Ln links of accounts with it go, and only their owners can make them again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln account(s) have no other way in: nobody can sign in to them until they get a password, from you or by a mail.</source>
        <extracomment>What follows when a provider is removed.</extracomment>
        <translation>
            <numerusform>One account has no other way in: nobody can sign in to it until it gets a password, from you or by a mail.</numerusform>
            <numerusform>%Ln accounts have no other way in: nobody can sign in to them until they get a password, from you or by a mail.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln link(s) of accounts went with it.</source>
        <extracomment>Said after a provider was removed.</extracomment>
        <translation>
            <numerusform>One link of an account went with it.</numerusform>
            <numerusform>%Ln links of accounts went with it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::Questions</name>
    <message numerus="yes">
        <source>No request came in the last ten seconds; open: %Ln connection(s).</source>
        <extracomment>What a server that would be stopped is doing: no requests, but clients are connected.</extracomment>
        <translation>
            <numerusform>No request came in the last ten seconds; open: one connection.</numerusform>
            <numerusform>No request came in the last ten seconds; open: %Ln connections.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::RefusalsList</name>
    <message numerus="yes">
        <source>The newest %Ln of them, scroll for more.</source>
        <extracomment>Below a list of requests that is not read to its end.</extracomment>
        <translation>
            <numerusform>The newest one of them, scroll for more.</numerusform>
            <numerusform>The newest %Ln of them, scroll for more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln refused request(s) that the server remembers.</source>
        <extracomment>Below a list of requests: how many were refused that the server remembers.</extracomment>
        <translation>
            <numerusform>One refused request that the server remembers.</numerusform>
            <numerusform>%Ln refused requests that the server remembers.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::ServerStatus</name>
    <message numerus="yes">
        <source>No answer for %Ln second(s).</source>
        <extracomment>Why the window has no news of the server: its process stands still.</extracomment>
        <translation>
            <numerusform>No answer for %Ln second.</numerusform>
            <numerusform>No answer for %Ln seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::SessionTexts</name>
    <message numerus="yes">
        <source>Refreshed %Ln ×.</source>
        <extracomment>How often the refresh token of a session was exchanged.</extracomment>
        <translation>
            <numerusform>Refreshed %Ln ×.</numerusform>
            <numerusform>Refreshed %Ln ×.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln parallel request(s) came within the grace window and got the same token again: harmless.</source>
        <extracomment>Parallel refreshes of a session that got the same answer again.</extracomment>
        <translation>
            <numerusform>One parallel request came within the grace window and got the same token again: harmless.</numerusform>
            <numerusform>%Ln parallel requests came within the grace window and got the same token again: harmless.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln parallel request(s) got generation %1 again</source>
        <extracomment>Parallel refreshes of a session got the same answer again; %1 is the number of the token that they got.</extracomment>
        <translation>
            <numerusform>One parallel request got generation %1 again</numerusform>
            <numerusform>%Ln parallel requests got generation %1 again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln earlier exchange(s) are not recorded</source>
        <extracomment>Below the last uses of a session&apos;s refresh token: how many exchanges came before these.</extracomment>
        <translation>
            <numerusform>One earlier exchange is not recorded</numerusform>
            <numerusform>%Ln earlier exchanges are not recorded</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Revoke %Ln session(s)?</source>
        <extracomment>Question before sessions are ended.</extracomment>
        <translation>
            <numerusform>Revoke one session?</numerusform>
            <numerusform>Revoke %Ln sessions?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Revoke %Ln session(s) of %1?</source>
        <extracomment>Question before sessions of one user are ended; %1 is an e-mail address.</extracomment>
        <translation>
            <numerusform>Revoke one session of %1?</numerusform>
            <numerusform>Revoke %Ln sessions of %1?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s) are signed out with their next request and must log in again. This cannot be undone.</source>
        <extracomment>What follows when sessions are ended.</extracomment>
        <translation>
            <numerusform>One user is signed out with the next request and must log in again. This cannot be undone.</numerusform>
            <numerusform>%Ln users are signed out with their next request and must log in again. This cannot be undone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not read yet, and not ended: %Ln session(s).</source>
        <extracomment>Before the effect of ending all rows that were read.</extracomment>
        <translation>
            <numerusform>Not read yet, and not ended: one session.</numerusform>
            <numerusform>Not read yet, and not ended: %Ln sessions.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>More than %Ln session(s) are not ended one by one. Filter the list, then use “Revoke all shown”.</source>
        <extracomment>Said instead of ending very many selected sessions.</extracomment>
        <translation>
            <numerusform>More than one session is not ended one by one. Filter the list, then use “Revoke all shown”.</numerusform>
            <numerusform>More than %Ln sessions are not ended one by one. Filter the list, then use “Revoke all shown”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ending %Ln session(s)…</source>
        <extracomment>While many sessions are being ended.</extracomment>
        <translation>
            <numerusform>Ending one session…</numerusform>
            <numerusform>Ending %Ln sessions…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Revoked %Ln session(s).</source>
        <extracomment>Said after sessions were ended.</extracomment>
        <translation>
            <numerusform>Revoked one session.</numerusform>
            <numerusform>Revoked %Ln sessions.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::SessionsPage</name>
    <message numerus="yes">
        <source>%Ln live</source>
        <extracomment>Below the table: how many sessions are live.</extracomment>
        <translation>
            <numerusform>%Ln live</numerusform>
            <numerusform>%Ln live</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln ended</source>
        <extracomment>Below the table: how many of the listed sessions have ended.</extracomment>
        <translation>
            <numerusform>%Ln ended</numerusform>
            <numerusform>%Ln ended</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the newest %Ln were read, scroll for more</source>
        <extracomment>Below the table: how many of the rows were read.</extracomment>
        <translation>
            <numerusform>the newest one was read, scroll for more</numerusform>
            <numerusform>the newest %Ln were read, scroll for more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <extracomment>Below the table: how many rows are selected.</extracomment>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::SettingTexts</name>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <extracomment>At the bottom of the settings: how many were changed and not applied yet.</extracomment>
        <translation>
            <numerusform>One change</numerusform>
            <numerusform>%Ln changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln setting(s) stored, and in force.</source>
        <extracomment>Said after settings were changed.</extracomment>
        <translation>
            <numerusform>One setting stored, and in force.</numerusform>
            <numerusform>%Ln settings stored, and in force.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln setting(s) stored.</source>
        <extracomment>Said after settings were changed. A sentence follows that names those that act later.</extracomment>
        <translation>
            <numerusform>One setting stored.</numerusform>
            <numerusform>%Ln settings stored.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Discard %Ln change(s)?</source>
        <extracomment>Question: throws away what was changed and not applied yet.</extracomment>
        <translation>
            <numerusform>Discard one change?</numerusform>
            <numerusform>Discard %Ln changes?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take %Ln change(s) of the settings back?</source>
        <extracomment>Question: stores the former values of settings again.</extracomment>
        <translation>
            <numerusform>Take one change of the settings back?</numerusform>
            <numerusform>Take %Ln changes of the settings back?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change of %Ln setting(s)</source>
        <extracomment>What was done and can be taken back.</extracomment>
        <translation>
            <numerusform>Change of one setting</numerusform>
            <numerusform>Change of %Ln settings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::TableHold</name>
    <message numerus="yes">
        <source>%Ln change(s) ▸</source>
        <extracomment>Button at the foot of a list whose rows stand still while the pointer is among them: how many came, went or belong elsewhere by now. A click shows them.</extracomment>
        <translation>
            <numerusform>One change ▸</numerusform>
            <numerusform>%Ln changes ▸</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::Times</name>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <extracomment>A span of days, two or more, that stands alone.</extracomment>
        <translation>
            <numerusform>%Ln day</numerusform>
            <numerusform>%Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) ago</source>
        <extracomment>When something happened: two days ago or more.</extracomment>
        <translation>
            <numerusform>%Ln day ago</numerusform>
            <numerusform>%Ln days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %Ln day(s)</source>
        <extracomment>When something will happen: in two days or more.</extracomment>
        <translation>
            <numerusform>in %Ln day</numerusform>
            <numerusform>in %Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>up %Ln day(s)</source>
        <extracomment>How long the server has been listening: two days or more.</extracomment>
        <translation>
            <numerusform>up %Ln day</numerusform>
            <numerusform>up %Ln days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::UiTexts</name>
    <message numerus="yes">
        <source>Needs at least %Ln character(s).</source>
        <extracomment>What is wrong with a field of a form.</extracomment>
        <translation>
            <numerusform>Needs at least %Ln character.</numerusform>
            <numerusform>Needs at least %Ln characters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Has more than %Ln byte(s).</source>
        <extracomment>What is wrong with a password. A letter beyond a to z takes two to four bytes.</extracomment>
        <translation>
            <numerusform>Has more than %Ln byte.</numerusform>
            <numerusform>Has more than %Ln bytes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Has more than %Ln character(s).</source>
        <extracomment>What is wrong with a field of a form.</extracomment>
        <translation>
            <numerusform>Has more than %Ln character.</numerusform>
            <numerusform>Has more than %Ln characters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Somebody is guessing passwords: %Ln sign-in(s) were refused within five minutes.</source>
        <extracomment>An alarm.</extracomment>
        <translation>
            <numerusform>Somebody is guessing passwords: one sign-in was refused within five minutes.</numerusform>
            <numerusform>Somebody is guessing passwords: %Ln sign-ins were refused within five minutes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Somebody is guessing the password of an account: %Ln were wrong in a row.</source>
        <extracomment>An alarm; one account is meant.</extracomment>
        <translation>
            <numerusform>Somebody is guessing the password of an account: one was wrong.</numerusform>
            <numerusform>Somebody is guessing the password of an account: %Ln were wrong in a row.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Somebody is trying passwords of many accounts: %Ln so far.</source>
        <extracomment>An alarm; one network tries passwords that are known from elsewhere.</extracomment>
        <translation>
            <numerusform>Somebody is trying passwords of many accounts: one so far.</numerusform>
            <numerusform>Somebody is trying passwords of many accounts: %Ln so far.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln session(s)</source>
        <extracomment>A number of sessions, which stands alone.</extracomment>
        <translation>
            <numerusform>one session</numerusform>
            <numerusform>%Ln sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s)</source>
        <extracomment>A number of users, which stands alone.</extracomment>
        <translation>
            <numerusform>one user</numerusform>
            <numerusform>%Ln users</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln connection(s)</source>
        <extracomment>A number of open connections, which stands alone.</extracomment>
        <translation>
            <numerusform>one connection</numerusform>
            <numerusform>%Ln connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Before that, %Ln session(s) were ended, and stay so.</source>
        <extracomment>After an error in the middle of an order.</extracomment>
        <translation>
            <numerusform>Before that, one session was ended, and stays so.</numerusform>
            <numerusform>Before that, %Ln sessions were ended, and stay so.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This was asked too often. Try again in %Ln second(s).</source>
        <extracomment>An error, with what to do.</extracomment>
        <translation>
            <numerusform>This was asked too often. Try again in %Ln second.</numerusform>
            <numerusform>This was asked too often. Try again in %Ln seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This was asked too often. Try again in %Ln minute(s).</source>
        <extracomment>An error, with what to do.</extracomment>
        <translation>
            <numerusform>This was asked too often. Try again in %Ln minute.</numerusform>
            <numerusform>This was asked too often. Try again in %Ln minutes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This was asked too often. Try again in %Ln hour(s).</source>
        <extracomment>An error, with what to do.</extracomment>
        <translation>
            <numerusform>This was asked too often. Try again in %Ln hour.</numerusform>
            <numerusform>This was asked too often. Try again in %Ln hours.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::UnseenWork</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <extracomment>In the status bar, behind what takes a while on a page that is not in view: there are more such tasks.</extracomment>
        <translation>
            <numerusform>and one more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::UserAccess</name>
    <message numerus="yes">
        <source>End all %Ln session(s) of %1?</source>
        <extracomment>Question before all sessions of a user end; %1 is an e-mail address.</extracomment>
        <translation>
            <numerusform>End the session of %1?</numerusform>
            <numerusform>End all %Ln sessions of %1?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::UserActivity</name>
    <message numerus="yes">
        <source>The newest %Ln; “Show activity” has all.</source>
        <extracomment>Below a list of records about a user that is not whole; “Show activity” is the button below.</extracomment>
        <translation>
            <numerusform>The newest one; “Show activity” has all.</numerusform>
            <numerusform>The newest %Ln; “Show activity” has all.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::UserSessions</name>
    <message numerus="yes">
        <source>The newest %Ln; “Show sessions” has all.</source>
        <extracomment>Below a list of a user&apos;s sessions that is not whole; “Show sessions” is a button below.</extracomment>
        <translation>
            <numerusform>The newest one; “Show sessions” has all.</numerusform>
            <numerusform>The newest %Ln; “Show sessions” has all.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::UserTexts</name>
    <message numerus="yes">
        <source>%Ln session(s) end with the next request.</source>
        <extracomment>What follows from an order that ends the sessions of a user.</extracomment>
        <translation>
            <numerusform>One session ends with the next request.</numerusform>
            <numerusform>%Ln sessions end with the next request.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::UsersPage</name>
    <message numerus="yes">
        <source>Ended %Ln session(s) of %1.</source>
        <extracomment>Said after sessions were ended; %1 is an e-mail address.</extracomment>
        <translation>
            <numerusform>Ended one session of %1.</numerusform>
            <numerusform>Ended %Ln sessions of %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the first %Ln by e-mail were read, scroll for more</source>
        <extracomment>Below the table: how many of the rows were read.</extracomment>
        <translation>
            <numerusform>the first one by e-mail was read, scroll for more</numerusform>
            <numerusform>the first %Ln by e-mail were read, scroll for more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <extracomment>Below the table: how many rows are selected.</extracomment>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s) are selected</source>
        <extracomment>Title in place of a user&apos;s address, while several users are selected.</extracomment>
        <translation>
            <numerusform>One user is selected</numerusform>
            <numerusform>%Ln users are selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>warder::WhatToFix</name>
    <message numerus="yes">
        <source>%Ln more</source>
        <extracomment>Button: shows what else is to be fixed.</extracomment>
        <translation>
            <numerusform>One more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
</context>
</TS>
