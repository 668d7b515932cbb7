using System.Text.Json.Serialization;
using Smpi;

namespace Consumer;

[SmpiMessage("files.read")]
public sealed record ReadFile(string Path) : IRequest<FileText>;

public sealed record FileText(string Path, string Text);

[SmpiMessage("files.tail")]
public sealed record Tail(string Path) : IStreamRequest<LogLine>;

[SmpiMessage("log.line")]
public sealed record LogLine(string Text, DateTimeOffset At, int? Level = 3, Dictionary<string, double[]>? Figures = null) : IEvent;

[JsonSerializable(typeof(ReadFile))]
[JsonSerializable(typeof(FileText))]
[JsonSerializable(typeof(Tail))]
[JsonSerializable(typeof(LogLine))]
public sealed partial class AppJson : JsonSerializerContext;
