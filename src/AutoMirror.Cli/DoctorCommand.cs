using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using AutoMirror.Cli.Accounts;
using AutoMirror.Cli.Diagnosing;
using AutoMirror.Cli.Health;

namespace AutoMirror.Cli;

/// <summary><c>automirror doctor</c>: what keeps mirrored packets from the sensors.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var health = new Option<bool>("--health")
        {
            Description = "Ask CloudWatch too whether copies left each mirrored instance, as status does. CloudWatch bills it.",
        };
        var from = AccountOptions.From();
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var command = new Command(
            "doctor",
            "Looks for what keeps mirrored packets from the sensors: interfaces that are targets and gone, on no running instance or "
                + "closed to UDP 4789, and filters that leave a direction or Amazon's DNS out. Ends with 3 when it finds something.")
        {
            health, from, json,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(health), parsed.GetValue(from), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(bool wantsHealth, string? folder, bool wantsJson, CancellationToken cancellationToken)
    {
        using var reads = AccountOptions.Open(folder);
        var account = await MirrorAccount.ReadAsync(reads, cancellationToken);
        var status = new MirrorStatus(account.Mirrored, Health: null);
        if (wantsHealth)
            status = status with { Health = await HealthReading.OfAsync(status, folder, cancellationToken) };
        List<Symptom> symptoms = [.. TargetChecks.Of(account), .. FilterChecks.Of(account), .. FilterChecks.Of(status)];
        if (wantsJson)
            PrintJson(symptoms, status.Health);
        else
            Print(symptoms, status);
        return symptoms.Count == 0 ? CommandLine.Success : CommandLine.Found;
    }

    private static void Print(List<Symptom> symptoms, MirrorStatus status)
    {
        foreach (var symptom in symptoms)
        {
            Console.WriteLine($"{symptom.Subject}: {symptom.What}");
            Console.WriteLine($"  {symptom.Remedy}");
        }

        Console.WriteLine(symptoms.Count switch
        {
            0 => $"Nothing was found that keeps packets from the sensors ({status.Mirrored.Count} sessions).",
            1 => "1 problem.",
            var count => $"{count} problems.",
        });
        if (status.Health is { } health)
            Console.WriteLine(StatusText.About(health));
    }

    private static void PrintJson(List<Symptom> symptoms, HealthReading? health)
    {
        using var output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartArray("problems");
            foreach (var symptom in symptoms)
            {
                json.WriteStartObject();
                json.WriteString("subject", symptom.Subject);
                json.WriteString("what", symptom.What);
                json.WriteString("remedy", symptom.Remedy);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            StatusJson.Write(json, health);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
