namespace AutoMirror.Core.Ports;

/// <summary>One parameter as Parameter Store gives it.</summary>
/// <param name="Name">The full name, slashes included.</param>
/// <param name="Type">String, StringList or SecureString.</param>
/// <param name="Value">The value; a StringList's entries are separated by commas.</param>
internal sealed record Parameter(string Name, string Type, string Value);
