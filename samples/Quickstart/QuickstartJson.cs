using System.Text.Json.Serialization;

namespace Quickstart;

/// <summary>The shapes of the records, made by the compiler: JSON without reflection, so the sample can be published with NativeAOT.</summary>
[JsonSerializable(typeof(Add))]
[JsonSerializable(typeof(Sum))]
[JsonSerializable(typeof(Ticks))]
[JsonSerializable(typeof(Tick))]
[JsonSerializable(typeof(LogLine))]
[JsonSerializable(typeof(Withdraw))]
[JsonSerializable(typeof(Balance))]
[JsonSerializable(typeof(Overdrawn))]
[JsonSerializable(typeof(Greet))]
[JsonSerializable(typeof(Greeting))]
[JsonSerializable(typeof(WhoAreYou))]
[JsonSerializable(typeof(Name))]
[JsonSerializable(typeof(Think))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class QuickstartJson : JsonSerializerContext;
