package web

import "avow/internal/civic"

// repositoryRoutes are a member's process as everybody reads it, and where it is kept.
var repositoryRoutes = []Route{
	page("requirements", "/{lang}/members/{member}/requirements", "J1", "", (*Site).requirements, "/{lang}/members/{member}/requirements?on=2023-06-30"),
	page("documents", "/{lang}/members/{member}/documents", "J1", "", (*Site).documents, "/{lang}/members/{member}/documents?kind=minutes"),
	page("document", "/{lang}/documents/{document}", "J1", "", (*Site).document),
	page("meetings", "/{lang}/members/{member}/meetings", "J1", "", (*Site).meetings),
	page("process", "/{lang}/plans/{plan}/process", "J1", "", (*Site).process),
	file("contributions-table", "/{lang}/plans/{plan}/contributions.csv", (*Site).contributionsTable),
	file("file", "/{lang}/files/{hash}/{name}", (*Site).file, "/{lang}/files/{file}"),

	work("work-repository", "/{lang}/work/repository", civic.MayKeepFiles, "repository", "repository.work.title", (*Site).workRepository),
	work("repository-desk", "/{lang}/work/members/{member}/repository", civic.MayKeepFiles, "repository", "", (*Site).repositoryDesk),
	work("forum-form", "/{lang}/work/members/{member}/forum", civic.MayKeepFiles, "repository", "forum.describe", (*Site).forumForm),
	action("keep-forum", "/{lang}/work/members/{member}/forum", civic.MayKeepFiles, "describe_forum", "repository", (*Site).keepForum),
	work("new-meeting", "/{lang}/work/members/{member}/meetings/new", civic.MayKeepFiles, "repository", "meeting.add", (*Site).newMeeting),
	action("add-meeting", "/{lang}/work/members/{member}/meetings/new", civic.MayKeepFiles, "record_meeting", "repository", (*Site).addMeeting),
	work("meeting-form", "/{lang}/work/meetings/{meeting}", civic.MayKeepFiles, "repository", "meeting.change", (*Site).meetingForm),
	action("change-meeting", "/{lang}/work/meetings/{meeting}", civic.MayKeepFiles, "correct_meeting", "repository", (*Site).changeMeeting),
	action("withdraw-meeting", "/{lang}/work/meetings/{meeting}/withdraw", civic.MayKeepFiles, "withdraw_meeting", "repository", (*Site).withdrawMeeting),
	work("new-step", "/{lang}/work/members/{member}/steps/new", civic.MayKeepFiles, "repository", "step.add", (*Site).newStep),
	action("add-step", "/{lang}/work/members/{member}/steps/new", civic.MayKeepFiles, "record_step", "repository", (*Site).addStep),
	work("step-form", "/{lang}/work/steps/{step}", civic.MayKeepFiles, "repository", "step.change", (*Site).stepForm),
	action("change-step", "/{lang}/work/steps/{step}", civic.MayKeepFiles, "correct_step", "repository", (*Site).changeStep),
	action("withdraw-step", "/{lang}/work/steps/{step}/withdraw", civic.MayKeepFiles, "withdraw_step", "repository", (*Site).withdrawStep),
	work("new-document", "/{lang}/work/members/{member}/documents/new", civic.MayKeepFiles, "repository", "repository.add", (*Site).newDocument),
	action("add-document", "/{lang}/work/members/{member}/documents/new", civic.MayKeepFiles, "publish_document", "repository", (*Site).addDocument),
	work("document-form", "/{lang}/work/documents/{document}", civic.MayKeepFiles, "repository", "repository.change", (*Site).documentForm),
	action("change-document", "/{lang}/work/documents/{document}", civic.MayKeepFiles, "correct_document", "repository", (*Site).changeDocument),
	action("withdraw-document", "/{lang}/work/documents/{document}/withdraw", civic.MayKeepFiles, "withdraw_document", "repository", (*Site).withdrawDocument),

	work("contribute", "/{lang}/work/plans/{plan}/contribute", civic.MayContribute, "J4", "contribution.invite", (*Site).contribute),
	action("send-contribution", "/{lang}/work/plans/{plan}/contribute", civic.MayContribute, "contribute", "J4", (*Site).sendContribution),
	work("write-contribution", "/{lang}/work/plans/{plan}/write-down", civic.MayContributeBy, "J11", "contribution.write_down", (*Site).writeContribution),
	action("send-written-down", "/{lang}/work/plans/{plan}/write-down", civic.MayContributeBy, "contribute", "J11", (*Site).sendWrittenDown),
	work("contributions-desk", "/{lang}/work/plans/{plan}/contributions", civic.MayAnswer, "J4", "", (*Site).contributionsDesk),
	work("response-form", "/{lang}/work/contributions/{contribution}", civic.MayAnswer, "J4", "contribution.answer", (*Site).responseForm),
	action("answer-contribution", "/{lang}/work/contributions/{contribution}", civic.MayAnswer, "answer_contribution", "J4", (*Site).answerContribution),
}
