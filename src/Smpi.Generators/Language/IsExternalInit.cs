using System.ComponentModel;

namespace System.Runtime.CompilerServices;

/// <summary>Lets the compiler make records for netstandard2.0.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
internal static class IsExternalInit;
