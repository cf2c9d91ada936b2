namespace AutoMirror.Emulator.Iam.Policies;

/// <summary>One question to the policies: may this be done with this resource? A call may need several of them answered with yes.</summary>
/// <param name="Action">For example <c>ec2:CreateTags</c>.</param>
/// <param name="Resource">The ARN; <c>*</c> for actions that know no resources.</param>
/// <param name="Context">What condition keys can ask for.</param>
internal sealed record AccessRequest(string Action, string Resource, RequestContext Context);
