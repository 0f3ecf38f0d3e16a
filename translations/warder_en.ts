<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
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
    <name>warder::ListPage</name>
    <message numerus="yes">
        <source>Export %Ln row(s)</source>
        <extracomment>Title of a dialog that asks for a file.</extracomment>
        <translation>
            <numerusform>Export one row</numerusform>
            <numerusform>Export %Ln rows</numerusform>
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
        <source>Revoke %Ln session(s) of %1?</source>
        <extracomment>Question before sessions of one user are ended; %1 is an e-mail address.</extracomment>
        <translation>
            <numerusform>Revoke one session of %1?</numerusform>
            <numerusform>Revoke %Ln sessions of %1?</numerusform>
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
    <message numerus="yes">
        <source>Ending %Ln session(s)…</source>
        <extracomment>While many sessions are being ended.</extracomment>
        <translation>
            <numerusform>Ending one session…</numerusform>
            <numerusform>Ending %Ln sessions…</numerusform>
        </translation>
    </message>
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
        <source>%Ln user(s) are signed out with their next request and must log in again. This cannot be undone.</source>
        <extracomment>What follows when sessions are ended.</extracomment>
        <translation>
            <numerusform>One user is signed out with the next request and must log in again. This cannot be undone.</numerusform>
            <numerusform>%Ln users are signed out with their next request and must log in again. This cannot be undone.</numerusform>
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
</context>
</TS>
