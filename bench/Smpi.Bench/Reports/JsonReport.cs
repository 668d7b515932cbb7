using System.Text;
using System.Text.Json;

namespace Smpi.Bench;

/// <summary>A report for programs.</summary>
internal static class JsonReport
{
    public static string Make(Report report)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("date", report.Date);
            json.WriteString("machine", report.Machine);
            json.WriteNumber("rounds", report.Options.Rounds);
            json.WriteNumber("secondsEach", report.Options.Time.TotalSeconds);
            json.WriteBoolean("quick", report.Options.Quick);
            json.WriteStartArray("targets");
            foreach (Target target in new Targets(report).Judge())
            {
                json.WriteStartObject();
                json.WriteString("what", target.What);
                json.WriteString("wanted", target.Wanted);
                json.WriteString("found", target.Found);
                json.WriteString("verdict", target.Verdict);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("workloads");
            foreach (Result result in report.Results) Write(json, result);
            json.WriteEndArray();
            json.WriteStartArray("probes");
            foreach (Finding finding in report.Findings)
            {
                json.WriteStartObject();
                json.WriteString("probe", finding.Probe);
                json.WriteString("what", finding.What);
                Number(json, "value", finding.Value);
                json.WriteString("unit", finding.Unit);
                json.WriteString("note", finding.Note);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, Result result)
    {
        json.WriteStartObject();
        json.WriteString("name", result.Workload.Name);
        json.WriteString("kind", result.Workload.Kind);
        if (result.Workload.Wire is { } wire) json.WriteString("wire", wire.ToString());
        if (result.Workload.Peer is { } peer) json.WriteString("peer", peer.Label);
        if (result.Missing is { } missing) json.WriteString("missing", missing);
        if (result.Workload.Limit is { } limit) json.WriteString("limit", limit);
        if (result.Failure is { } failure) json.WriteString("failure", failure);
        if (result.OfLimit is { } ratio) Number(json, "ofTheLimit", ratio);
        if (result.Encodings is { } encodings) Number(json, "encodingsPerEvent", encodings);
        Number(json, "perSecond", result.Rate);
        Number(json, "cpuMicroseconds", result.Median(round => round.Cpu));
        Number(json, "ownOctetsClient", result.OwnClient);
        Number(json, "ownOctetsServer", result.OwnServer);
        Number(json, "p50Microseconds", result.Latency.Microseconds(0.5));
        Number(json, "p99Microseconds", result.Latency.Microseconds(0.99));
        Number(json, "p999Microseconds", result.Latency.Microseconds(0.999));
        json.WriteStartArray("rounds");
        foreach (Measure round in result.Rounds)
        {
            json.WriteStartObject();
            Number(json, "perSecond", round.PerSecond);
            Number(json, "clientOctets", round.ClientOctets);
            Number(json, "serverOctets", round.ServerOctets);
            Number(json, "clientUser", round.ClientUser);
            Number(json, "clientSystem", round.ClientSystem);
            Number(json, "serverUser", round.ServerUser);
            Number(json, "serverSystem", round.ServerSystem);
            json.WriteNumber("gen2", round.Gen2);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, Math.Round(value, 4));
        else json.WriteNull(name);
    }
}
