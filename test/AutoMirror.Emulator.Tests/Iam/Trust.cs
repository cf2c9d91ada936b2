namespace AutoMirror.Emulator.Tests.Iam;

/// <summary>Trust policies: who may assume a role.</summary>
internal static class Trust
{
    /// <summary>Everyone in the account whose own policies let them.</summary>
    public const string Account = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}]}
        """;

    public const string Lambda = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}
        """;
}
