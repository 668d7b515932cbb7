using System.Text.Json;
using System.Text.Json.Serialization;

namespace Smpi.ThrowingChild;

[SmpiMessage("ping")]
public sealed record Ping(int Number) : IRequest<Pong>;

public sealed record Pong(int Number);

[SmpiMessage("act")]
public sealed record Act(int Number = 0) : IRequest<Pong>;

[SmpiMessage("stream")]
public sealed record Stream : IStreamRequest<Pong>;

[SmpiMessage("upload")]
public sealed record Upload : IClientStreamRequest<int, Pong>;

[SmpiMessage("happened")]
public sealed record Happened(int Number) : IEvent;

/// <summary>Cannot be written, or cannot be read.</summary>
[JsonConverter(typeof(UnwritableConverter))]
public sealed record Unwritable(bool Read);

/// <summary>The detail of a fault that cannot be written.</summary>
[SmpiError("child.detail")]
[JsonConverter(typeof(UnwritableDetailConverter))]
public sealed record UnwritableDetail;

/// <summary>No encoding has a codec for it.</summary>
public sealed record Uncoded;

internal sealed class UnwritableConverter : JsonConverter<Unwritable>
{
    public override Unwritable Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new Boom();

    public override void Write(Utf8JsonWriter writer, Unwritable value, JsonSerializerOptions options)
    {
        if (!value.Read) throw new Boom();
        writer.WriteNumberValue(1);
    }
}

internal sealed class UnwritableDetailConverter : JsonConverter<UnwritableDetail>
{
    public override UnwritableDetail Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new Boom();

    public override void Write(Utf8JsonWriter writer, UnwritableDetail value, JsonSerializerOptions options) => throw new Boom();
}
