using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Smpi.Testing")]
[assembly: InternalsVisibleTo("Smpi.Memory.Tests")]
