using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Lambda;

/// <summary>A function's own policy: who else may invoke it. AddPermission writes its statements ("Resource-based policy").</summary>
internal sealed class FunctionPolicy
{
    private readonly List<(string Id, JsonObject Statement)> _statements = [];

    public bool IsEmpty => _statements.Count == 0;

    /// <summary>The policy as JSON.</summary>
    public string Text { get; private set; } = "";

    public bool Has(string statementId) => _statements.Exists(each => each.Id == statementId);

    public void Add(string statementId, JsonObject statement)
    {
        _statements.Add((statementId, statement));
        Write();
    }

    public void Remove(string statementId)
    {
        _statements.RemoveAll(each => each.Id == statementId);
        Write();
    }

    private void Write() => Text = new JsonObject
    {
        ["Version"] = "2012-10-17", ["Id"] = "default",
        ["Statement"] = _statements.Select(each => each.Statement.DeepClone()).ToJsonArray(),
    }.ToJsonString(JsonForm.Options);
}
