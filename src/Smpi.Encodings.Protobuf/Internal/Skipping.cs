namespace Smpi;

/// <summary>Passes over fields that nobody knows.</summary>
internal static class Skipping
{
    public static void Field(ref ProtobufReader reader, ProtobufWireType type)
    {
        switch (type)
        {
            case ProtobufWireType.Varint: reader.ReadUInt64(); break;
            case ProtobufWireType.Fixed64: reader.Take(8); break;
            case ProtobufWireType.Length: reader.ReadBytes(); break;
            case ProtobufWireType.Fixed32: reader.Take(4); break;
            case ProtobufWireType.StartGroup: Group(ref reader, reader.Number); break;
            case ProtobufWireType.EndGroup: throw new EncodingException($"Group {reader.Number} ends and did not begin.");
            default: throw new EncodingException($"Field {reader.Number} has wire type {(int)type}, which does not exist.");
        }
    }

    private static void Group(ref ProtobufReader reader, int number)
    {
        reader.Enter();
        while (reader.TryReadTag(out _))
        {
            if (reader.WireType != ProtobufWireType.EndGroup)
            {
                reader.Skip();
                continue;
            }

            if (reader.Number != number) throw new EncodingException($"Group {number} ends as group {reader.Number}.");
            reader.Leave();
            return;
        }

        throw ProtobufFailure.Truncated();
    }
}
