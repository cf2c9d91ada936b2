namespace AutoMirror.Emulator.Iam;

/// <summary>What the policies said to a question that a session of a role put to them, by itself or through Lambda.</summary>
/// <param name="Role">The role's name.</param>
/// <param name="Action">For example <c>ec2:CreateTags</c>. A call may be more than one question.</param>
/// <param name="Resource">The ARN; <c>*</c> for actions that know no resources.</param>
/// <param name="IsAllowed">Whether the answer was yes.</param>
/// <param name="AllowedBy">The ids of all statements that allow it, of whatever policy; empty for those without an id.</param>
public sealed record AccessDecision(string Role, string Action, string Resource, bool IsAllowed, IReadOnlyList<string> AllowedBy);
