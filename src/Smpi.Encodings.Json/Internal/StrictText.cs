using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Smpi;

/// <summary>Escapes what JSON must escape and nothing else, and refuses a lone surrogate instead of changing it.</summary>
internal sealed class StrictText : JavaScriptEncoder
{
    private static readonly JavaScriptEncoder Relaxed = UnsafeRelaxedJsonEscaping;

    public static StrictText Instance { get; } = new();

    public override int MaxOutputCharactersPerInputCharacter => Relaxed.MaxOutputCharactersPerInputCharacter;

    public override bool WillEncode(int unicodeScalar) => Relaxed.WillEncode(unicodeScalar);

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength) => Relaxed.FindFirstCharacterToEncode(text, textLength);

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text) => Relaxed.FindFirstCharacterToEncodeUtf8(utf8Text);

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        Relaxed.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);

    public override OperationStatus Encode(ReadOnlySpan<char> source, Span<char> destination, out int charsConsumed, out int charsWritten, bool isFinalBlock = true)
    {
        int first = source.IndexOfAnyInRange('\uD800', '\uDFFF');
        if (first >= 0) Check(source, first, isFinalBlock);
        return Relaxed.Encode(source, destination, out charsConsumed, out charsWritten, isFinalBlock);
    }

    public override OperationStatus EncodeUtf8(ReadOnlySpan<byte> utf8Source, Span<byte> utf8Destination, out int bytesConsumed, out int bytesWritten, bool isFinalBlock = true) =>
        Relaxed.EncodeUtf8(utf8Source, utf8Destination, out bytesConsumed, out bytesWritten, isFinalBlock);

    private static void Check(ReadOnlySpan<char> source, int from, bool isFinalBlock)
    {
        for (int i = from; i < source.Length; i++)
        {
            if (!char.IsSurrogate(source[i])) continue;
            bool isPair = char.IsHighSurrogate(source[i]) && (i + 1 < source.Length ? char.IsLowSurrogate(source[i + 1]) : !isFinalBlock);
            if (!isPair) throw new JsonException($"A string has a lone surrogate at {i}; it is no text.");
            i++;
        }
    }
}
