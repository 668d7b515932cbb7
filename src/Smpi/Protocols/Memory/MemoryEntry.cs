using System.Runtime.InteropServices;

namespace Smpi;

/// <summary>One message in a batch: the envelope, and where its body lies.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MemoryEntry(Message Envelope, long Start, long End);
