using Smpi;
using Smpi.Tests;

[assembly: SmpiRecord(typeof(Everything))]
[assembly: SmpiRecord(typeof(Point))]
[assembly: SmpiRecord(typeof(Spot))]
[assembly: SmpiRecord(typeof(Node))]
[assembly: SmpiRecord(typeof(WithDefaults))]
[assembly: SmpiRecord(typeof(Init))]
[assembly: SmpiRecord(typeof(Shape))]
[assembly: SmpiRecord(typeof(Animal))]
[assembly: SmpiRecord(typeof(Dog))]
[assembly: SmpiRecord(typeof(Flat))]
[assembly: SmpiRecord(typeof(Nothing))]
[assembly: SmpiRecord(typeof(Picky))]
[assembly: SmpiRecord(typeof(Ordered))]
